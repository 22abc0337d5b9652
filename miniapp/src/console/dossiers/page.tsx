import '../numbers/numbers.css'
import './dossiers.css'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDate, formatDateTime } from '../../../../api/core/time.ts'
import type { Board, DeskItem } from '../../../../api/rooms/dossiers/index.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { pathWith, useDeskLocation, useFilters } from '../desk-location.ts'
import { ApologySheet } from './apology.tsx'
import { FIGURES, GROUPS, LISTS, type ListName, readBoard, readRows, rowsUrl } from './calls.ts'
import { GroupChoice, Groups } from './groups.tsx'

type FiguresProps = { board: Board; list: ListName; by: string | undefined }

function Figures({ board, list, by }: FiguresProps) {
  return (
    <ul class="desk-counts">
      {LISTS.map((name) => (
        <li key={name}>
          <Link
            href={pathWith('/dossiers', { list: name, by })}
            class="desk-count"
            aria-current={name === list ? 'true' : undefined}
          >
            <span class="desk-count-name">{t(`desk:dossiers.list.${name}`)}</span>
            <span class="desk-count-number">{FIGURES[name](board.total)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

const day = (at: string | undefined) => (at === undefined ? '–' : formatDateTime(new Date(at)))

type RowsProps = { items: readonly DeskItem[]; onApology: ((item: DeskItem) => void) | undefined }

function Rows({ items, onApology }: RowsProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reached by keyboard
    <section class="desk-table words" aria-label={t('desk:dossiers.title')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('desk:dossiers.code')}</th>
            <th scope="col">{t('desk:dossiers.procedure')}</th>
            <th scope="col">{t('desk:dossiers.applicant')}</th>
            <th scope="col">{t('desk:dossiers.state')}</th>
            <th scope="col">{t('desk:dossiers.due')}</th>
            <th scope="col">{t('desk:dossiers.agency')}</th>
            {onApology && <th scope="col">{t('desk:dossiers.apology')}</th>}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <th scope="row">{item.code}</th>
              <td>{item.procedureName}</td>
              <td>{item.applicantMasked}</td>
              <td>{item.stateName}</td>
              <td>{day(item.newDueAt ?? item.dueAt)}</td>
              <td>{item.agencyName}</td>
              {onApology && (
                <td>
                  {item.newDueAt === undefined && (
                    <Button
                      look="quiet"
                      label={t('desk:dossiers.apology.of', { code: item.code })}
                      onClick={() => onApology(item)}
                    >
                      {t('desk:dossiers.apology.draft')}
                    </Button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Dossiers of the unit as the back office sent them: what is late, due and still, with the rows behind each figure. */
export function DossiersPage() {
  const { filters } = useFilters()
  const [, goTo] = useDeskLocation()
  const list = LISTS.find((name) => name === filters.list) ?? 'late'
  const by = GROUPS.find((name) => name === filters.by)
  const { key } = filters
  const wanted = { list, ...(by !== undefined && key !== undefined ? { by, key } : {}) }
  const [apology, setApology] = useState<DeskItem>()
  const [board, setBoard] = useState<Board>()
  const [items, setItems] = useState<readonly DeskItem[]>()
  const [cursor, setCursor] = useState<string>()
  const { isBusy, problem, run } = useWork()
  const load = () =>
    run(async () => {
      setBoard(await readBoard(by ?? 'all'))
      const page = await readRows(wanted)
      setItems(page.items)
      setCursor(page.nextCursor)
    })
  useEffect(() => {
    setItems(undefined)
    void load()
  }, [list, by, key])
  const shown = board?.groups.find((group) => key !== undefined && group.key === key)?.label
  const more = () =>
    run(async () => {
      const page = await readRows(wanted, cursor)
      setItems([...(items ?? []), ...page.items])
      setCursor(page.nextCursor)
    })
  return (
    <div class="stack">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('desk:dossiers.title')}</h1>
      <p class="muted">{t('desk:dossiers.intro')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void load()} />}
      {board && <Figures board={board} list={list} by={by} />}
      {board && board.total.onTimePercent !== null && (
        <p>
          {t('desk:dossiers.rate', {
            percent: board.total.onTimePercent,
            from: formatDate(board.from),
            to: formatDate(board.to),
          })}
        </p>
      )}
      <GroupChoice by={by} onChange={(name) => goTo(pathWith('/dossiers', { list, by: name }))} />
      {board && by !== undefined && <Groups groups={board.groups} by={by} />}
      <h2>
        {t(`desk:dossiers.list.${list}`)}
        {shown !== undefined && `: ${shown}`}
      </h2>
      {items === undefined && problem === undefined && <Skeleton rows={5} />}
      {items?.length === 0 && <p>{t('desk:dossiers.none')}</p>}
      {items !== undefined && items.length > 0 && (
        <>
          <Rows items={items} onApology={list === 'late' ? setApology : undefined} />
          <div class="desk-line">
            {cursor !== undefined && (
              <Button look="secondary" isBusy={isBusy} onClick={() => void more()}>
                {t('console:list.more')}
              </Button>
            )}
            <LinkButton look="secondary" href={rowsUrl(wanted, 'csv')}>
              {t('console:rows.csv')}
            </LinkButton>
            <LinkButton look="secondary" href={rowsUrl(wanted, 'xlsx')}>
              {t('console:rows.xlsx')}
            </LinkButton>
          </div>
        </>
      )}
      {apology && <ApologySheet item={apology} onClose={() => setApology(undefined)} />}
    </div>
  )
}
