import { formatDateTime } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import type { StaleChange } from '../types.ts'
import { stepWords } from '../words.ts'
import type { CaseState } from './use-case.ts'

/** Somebody else changed the case meanwhile: what, when, and that nothing typed is lost. */
function StaleNotice({ stale }: { stale: StaleChange }) {
  return (
    <Notice kind="warn" title={t('console:stale.title')}>
      <ul>
        {stale.steps.map((step, i) => (
          <li key={i}>
            {stepWords(step.move, step.state)} · {formatDateTime(new Date(step.at))}
          </li>
        ))}
      </ul>
      <p>{t('console:stale.todo')}</p>
    </Notice>
  )
}

/** What went wrong with the last move. Shown in the sheet where it was made, else on the page. */
export function MoveNotices({ state }: { state: CaseState }) {
  return (
    <>
      {state.stale && <StaleNotice stale={state.stale} />}
      {state.problem !== undefined && <ProblemNotice problem={state.problem} />}
    </>
  )
}
