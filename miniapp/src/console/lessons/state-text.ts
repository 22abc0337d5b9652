import { formatDate } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import type { LessonVersion } from './calls.ts'

/** "Bản 2, đang đăng, đọc lại ngày 28/11/2026" */
export const stateText = ({ state, version, reviewedOn }: LessonVersion): string =>
  t(`desk:lessons.state.${state}`, {
    version,
    date: reviewedOn === null ? '' : formatDate(reviewedOn),
  })
