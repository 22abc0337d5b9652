import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import type { Counts, Scope } from '../types.ts'
import { WorkRow } from './row.tsx'
import { rowsOf, useWork } from './use-work.ts'

const rowLinks = () => [...document.querySelectorAll<HTMLAnchorElement>('[data-row]')]

/** The row that was opened last, so that coming back stands where one left. */
let lastRow: string | undefined
const noteOpened = (id: string) => {
  lastRow = id
}

/** j and k walk the rows, Enter opens the one in focus (a link does that by itself). */
function useRowKeys() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key !== 'j' && event.key !== 'k') return
      if (event.target instanceof Element && event.target.closest('input, textarea, dialog')) return
      const links = rowLinks()
      const at = links.findIndex((link) => link.matches(':focus'))
      const next = at < 0 ? 0 : at + (event.key === 'j' ? 1 : -1)
      links[Math.max(0, Math.min(links.length - 1, next))]?.focus()
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
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

const SCOPES = ['open', 'mine', 'all'] as const satisfies readonly Scope[]
const PATHS: Record<Scope, string> = { open: '/', mine: '/mine', all: '/all' }

const COUNTS = ['mine', 'waiting', 'urgent', 'late', 'due_today', 'to_approve'] as const

function CountTiles({ counts }: { counts: Counts }) {
  return (
    <dl class="desk-counts">
      {COUNTS.map((name) => (
        <div key={name} class={`desk-count ${name} ${counts[name] === 0 ? 'zero' : ''}`}>
          <dt>{t(`console:count.${name}`)}</dt>
          <dd>{counts[name]}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What waits, the most urgent first. */
export function WorkListPage({ scope }: { scope: Scope }) {
  const { work, refresh, loadMore, hasMore } = useWork(scope)
  const now = useNow()
  const rows = rowsOf(work)
  const isLoaded = work.page !== undefined
  useRowKeys()
  useEffect(() => {
    if (!isLoaded || lastRow === undefined) return
    rowLinks()
      .find((link) => link.dataset.row === lastRow)
      ?.focus()
    lastRow = undefined
  }, [isLoaded])
  return (
    <div class="desk-list">
      <div class="desk-list-head">
        <h1>{t('console:list.title')}</h1>
        {work.page && <CountTiles counts={work.page.counts} />}
      </div>
      <nav class="desk-tabs" aria-label={t('console:list.scopes')}>
        {SCOPES.map((name) => (
          <Link key={name} href={PATHS[name]} aria-current={name === scope ? 'page' : undefined}>
            {t(`console:scope.${name}`)}
          </Link>
        ))}
        <p class="muted small desk-keys" aria-hidden="true">
          {t('console:list.keys')}
        </p>
      </nav>
      {work.problem !== undefined && (
        <ProblemNotice problem={work.problem} onRetry={() => void refresh()} />
      )}
      {!isLoaded && work.problem === undefined && <Skeleton rows={6} />}
      {isLoaded && rows.length === 0 && <p class="desk-empty">{t(`console:empty.${scope}`)}</p>}
      <ol class="desk-rows">
        {rows.map((item) => (
          <WorkRow key={item.id} item={item} now={now} onOpen={noteOpened} />
        ))}
      </ol>
      {hasMore && (
        <div class="desk-more">
          <Button look="secondary" isBusy={work.isBusy} onClick={() => void loadMore()}>
            {t('console:list.more')}
          </Button>
        </div>
      )}
    </div>
  )
}
