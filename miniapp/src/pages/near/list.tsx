import { useEffect, useState } from 'preact/hooks'
import type { LngLat } from '../../../../api/core/geo.ts'
import type { PublicIncident } from '../../../../api/rooms/incidents/schema.ts'
import { AgeNote } from '../../offline/age-note.tsx'
import { useKept } from '../../offline/use-kept.ts'
import { CaseCard, CaseList } from '../../resident/case-card.tsx'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { listCases, type Where } from './calls.ts'
import type { NearState } from './state.ts'

type Props = { where: Where; state: NearState; from?: LngLat; onReset: () => void }

function Empty({ state, onReset }: Pick<Props, 'state' | 'onReset'>) {
  const isFiltered = [state.category, state.group, state.days, state.q].some(
    (one) => one !== undefined,
  )
  return (
    <Notice>
      <p>{t(isFiltered ? 'screens:near.empty_filtered' : 'screens:near.empty')}</p>
      {isFiltered && (
        <div>
          <Button look="secondary" onClick={onReset}>
            {t('screens:near.reset')}
          </Button>
        </div>
      )}
    </Notice>
  )
}

/** Cases as a register, a page at a time. */
export function NearList({ where, state, from, onReset }: Props) {
  const { category, group, days, q } = state
  const key = JSON.stringify([where, category, group, days, ...(q ? [q] : [])])
  const [loaded, retry] = useKept(`cases ${key}`, () => listCases(where, state))
  const [more, setMore] = useState<{ items: PublicIncident[]; cursor?: string | undefined }>()
  useEffect(() => setMore(undefined), [loaded])
  const { isBusy, problem, run } = useWork()
  if (loaded.state === 'loading') return <Skeleton rows={3} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  const { data, keptAt } = loaded.data
  const items = [...data.items, ...(more?.items ?? [])]
  const cursor = more === undefined ? data.nextCursor : more.cursor
  if (items.length === 0)
    return (
      <>
        <AgeNote keptAt={keptAt} />
        <Empty state={state} onReset={onReset} />
      </>
    )
  const next = async () => {
    const page = await run(() => listCases(where, state, cursor))
    if (page) setMore({ items: [...(more?.items ?? []), ...page.items], cursor: page.nextCursor })
  }
  return (
    <>
      <AgeNote keptAt={keptAt} />
      <CaseList>
        {items.map((incident) => (
          <CaseCard key={incident.publicCode} incident={incident} {...(from ? { from } : {})} />
        ))}
      </CaseList>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {cursor !== undefined && (
        <div class="button-row">
          <Button look="secondary" isBusy={isBusy} onClick={next}>
            {t('screens:near.more')}
          </Button>
        </div>
      )}
    </>
  )
}
