import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { toIcs } from '../../../core/ics.ts'
import { formatDateTime, localDate } from '../../../core/time.ts'
import { isEnd } from '../policy/states.ts'
import { type DossierRow, findDossiersById } from '../store/dossiers.ts'
import { type Looker, openDossier, readOwnCode } from './look-up.ts'

/**
 * The appointed day of a dossier for a phone's calendar (RFC 5545, a whole day). Throws `dossiers.not_found` also for a
 * dossier that has ended or has no appointed day.
 */
export async function dossierCalendar(ctx: Ctx, typed: string, looker: Looker): Promise<string> {
  const read = readOwnCode(ctx, typed)
  if ('answer' in read) throw new AppError('dossiers.not_found')
  return toFile(ctx, await openDossier(ctx, read.code, undefined, looker))
}

/** The same by the id in a signed address. */
export async function dossierCalendarById(ctx: Ctx, id: string): Promise<string> {
  const [row] = await findDossiersById(ctx.db, [id])
  if (row === undefined) throw new AppError('http.not_found')
  return toFile(ctx, row)
}

function toFile(ctx: Ctx, row: DossierRow): string {
  const due = row.newDueAt ?? row.dueAt
  if (due === null || isEnd(row.state)) throw new AppError('dossiers.not_found')
  const { t } = ctx
  return toIcs(
    {
      uid: `dossier-${row.id}@loa`,
      summary: t('dossiers:ics.due', { procedure: row.procedureName }),
      description: t('dossiers:ics.about', {
        code: row.code,
        place: row.agencyName,
        at: formatDateTime(new Date(row.asOf)),
      }),
      when: { date: localDate(new Date(due)) },
      sequence: row.version,
    },
    ctx.now(),
  )
}
