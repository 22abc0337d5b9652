import { csvLine } from '../../../../api/core/csv.ts'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { ReasonedLook } from '../reporter/reasoned-look.tsx'
import { type CallList, callList, readUnreached, type Sent } from './calls.ts'

type Props = { of: Sent; canSeePeople: boolean }

/** How many do not have a notice or a warning, by hamlet and why; and who, with a reason and for whoever may see it. */
export function UnreachedOf({ of, canSeePeople }: Props) {
  const [loaded, retry] = useLoad(`${of.kind} ${of.id}`, () => readUnreached(of))
  if (loaded.state === 'loading') return <Skeleton rows={1} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  const { groups, readers } = loaded.data
  return (
    <div class="stack tight">
      {groups.length === 0 && <p>{t('desk:notice.unreached_none')}</p>}
      <ul>
        {groups.map(({ place, why, n }) => (
          <li key={`${place} ${why}`}>
            {place}: {n} ({t(`desk:notice.why.${why}`)})
          </li>
        ))}
      </ul>
      <p class="muted">{t('desk:notice.readers', { n: readers })}</p>
      {canSeePeople && groups.length > 0 && (
        <ReasonedLook
          title={t('desk:notice.call_list')}
          onLook={async (reason) => <People list={await callList(of, reason)} />}
        />
      )}
    </div>
  )
}

function People({ list: { people, isMore } }: { list: CallList }) {
  const rows = people.map(({ place, name, why }) => [
    place,
    name ?? t('desk:notice.no_name'),
    t(`desk:notice.why.${why}`),
  ])
  const head = [t('desk:notice.call.place'), t('desk:notice.call.name'), t('desk:notice.call.why')]
  return (
    <div class="stack tight">
      {isMore && <p>{t('desk:notice.call.more', { n: people.length })}</p>}
      <table class="notice-table">
        <thead>
          <tr>
            {head.map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, i) => (
            <tr key={`${i} ${cells[0]}`}>
              {cells.map((cell) => (
                <td key={cell}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <a class="button secondary" href={fileOf([head, ...rows])} download="loa-call-list.csv">
        {t('desk:notice.call.file')}
      </a>
    </div>
  )
}

/** With a byte order mark, so that spreadsheets read Vietnamese; kept in the page, never in an address. */
const fileOf = (rows: readonly string[][]): string =>
  URL.createObjectURL(new Blob([`\uFEFF${rows.map(csvLine).join('')}`], { type: 'text/csv' }))
