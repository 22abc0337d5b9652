import './list.css'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { t } from '../../shared/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { rowsUrl } from '../calls.ts'
import { useFilters } from '../desk-location.ts'
import { lazyPart } from '../lazy-part.tsx'
import type { View } from '../types.ts'
import { CountTiles } from './counts.tsx'
import { FilterBar } from './filters.tsx'
import { type HeldKind, holdOf } from './held.ts'
import { focusedRow, focusRow, useKeys } from './keys.ts'
import { WorkRow } from './row.tsx'
import { HeldBar, SelectionBar, useSelection } from './selection.tsx'
import { useHeld } from './use-held.ts'
import { rowsOf, useList } from './use-list.ts'

const KeysSheet = lazyPart(() => import('./keys-sheet.tsx').then((m) => m.KeysSheet))
const QuickForward = lazyPart(() => import('./forward.tsx').then((m) => m.QuickForward))

/** The row that was opened last, so that coming back stands where one left. */
let lastRow: string | undefined
const noteOpened = (id: string) => {
  lastRow = id
}

/** The clock behind "2 giờ trước" and "trễ 1 ngày". */
function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

const TABS = [
  ['inbox', '/'],
  ['open', '/open'],
  ['all', '/all'],
] as const satisfies readonly (readonly [View, string])[]

/** What waits, the most urgent first: for me, or open at all, or everything there ever was. */
export function WorkListPage({ view }: { view: View }) {
  const { filters, setFilter } = useFilters()
  const { list, refresh, loadMore, hasMore } = useList(view, filters)
  const { held, outcome, hold, undo } = useHeld(refresh)
  const rows = rowsOf(list).filter((row) => !held?.ids.includes(row.id))
  const { selected, toggle, clear, isSelected } = useSelection(rows)
  const [forwarding, setForwarding] = useState<string>()
  const [hasKeys, setKeys] = useState(false)
  const now = useNow()
  const isLoaded = list.page !== undefined
  const act = (kind: HeldKind) => {
    const focused = focusedRow()
    const wanted = selected.length > 0 ? selected : rows.filter((row) => row.id === focused)
    hold(holdOf(kind, wanted))
    clear()
  }
  const forward = () => {
    const row = rows.find(({ id }) => id === focusedRow())
    if (selected.length > 0) return act('accept_and_assign')
    if (row?.source !== 'case' && row?.source !== 'notice') return
    if (row.quick.some((kind) => kind === 'accept_and_assign' || kind === 'assign'))
      setForwarding(row.id)
  }
  useKeys({
    select: () => {
      const id = focusedRow()
      if (id !== undefined) toggle(id)
    },
    forward,
    accept: () => act('accept'),
    start: () => act('start'),
    seen: () => act('seen'),
    undo,
    keys: () => setKeys(true),
  })
  useEffect(() => {
    if (!isLoaded || lastRow === undefined) return
    focusRow(lastRow)
    lastRow = undefined
  }, [isLoaded])
  return (
    <div class="desk-list">
      <div class="desk-list-head">
        <h1>{t('console:list.title')}</h1>
        {list.page && <CountTiles counts={list.page.counts} />}
      </div>
      <nav class="desk-tabs" aria-label={t('console:list.scopes')}>
        {TABS.map(([name, path]) => (
          <Link key={name} href={path} aria-current={name === view ? 'page' : undefined}>
            {t(`console:scope.${name}`)}
          </Link>
        ))}
        <button type="button" class="desk-keys" onClick={() => setKeys(true)}>
          {t('console:list.keys')}
        </button>
      </nav>
      <FilterBar
        view={view}
        sources={list.page?.sources ?? []}
        filters={filters}
        setFilter={setFilter}
      />
      <p class="desk-live" role="status">
        {isLoaded && !list.isLive && t('console:list.not_live')}
      </p>
      {list.problem !== undefined && (
        <ProblemNotice problem={list.problem} onRetry={() => void refresh()} />
      )}
      {!isLoaded && list.problem === undefined && <Skeleton rows={6} />}
      {isLoaded && rows.length === 0 && (
        <p class="desk-empty">
          {t(Object.keys(filters).length > 0 ? 'console:empty.filtered' : `console:empty.${view}`)}
        </p>
      )}
      <ol class="desk-rows">
        {rows.map((item) => (
          <WorkRow
            key={item.id}
            item={item}
            now={now}
            isSelected={isSelected(item.id)}
            onSelect={toggle}
            onOpen={noteOpened}
            onForward={setForwarding}
          />
        ))}
      </ol>
      {hasMore && (
        <div class="desk-more">
          <Button look="secondary" isBusy={list.isBusy} onClick={() => void loadMore()}>
            {t('console:list.more')}
          </Button>
        </div>
      )}
      {view !== 'inbox' && rows.length > 0 && (
        <div class="desk-line">
          <LinkButton look="quiet" href={rowsUrl(view, filters, 'csv')}>
            {t('console:rows.csv')}
          </LinkButton>
          <LinkButton look="quiet" href={rowsUrl(view, filters, 'xlsx')}>
            {t('console:rows.xlsx')}
          </LinkButton>
        </div>
      )}
      <div class="desk-foot">
        <HeldBar held={held} outcome={outcome} onUndo={undo} />
        <SelectionBar
          selected={selected}
          onClear={clear}
          onAct={(next) => {
            hold(next)
            clear()
          }}
        />
      </div>
      {hasKeys && <KeysSheet onClose={() => setKeys(false)} />}
      {forwarding !== undefined && (
        <QuickForward
          key={forwarding}
          id={forwarding}
          onClose={() => setForwarding(undefined)}
          onDone={() => void refresh()}
        />
      )}
    </div>
  )
}
