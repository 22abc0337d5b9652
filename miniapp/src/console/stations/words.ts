import { t } from '../../shared/i18n.ts'

const CM_PER_M = 100
const point = (text: string): string => text.replace('.', t('miniapp:decimal'))

/** Heights in metres as people say them, everything else in its own unit to one decimal. */
export const figureText = (value: number, unit: string): string =>
  unit === 'cm'
    ? `${point((value / CM_PER_M).toFixed(2))} m`
    : `${point(String(Math.round(value * 10) / 10))} ${unit}`
