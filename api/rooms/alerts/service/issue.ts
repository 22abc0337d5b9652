import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import { createDispatch, steerDispatch } from '../../delivery/index.ts'
import { alertMessage } from '../messages.ts'
import { isLifeSafety, TOPIC_OF } from '../policy/kinds.ts'
import type { AlertKind } from '../schema.ts'
import { type AlertRow, lockAlert, saveAlert } from '../store.ts'
import { areaLabel, resolveArea } from './area.ts'

/** An all clear and a cancellation go out for this long at most. */
const END_HOURS = 12
const HOUR_MS = 3_600_000

/** Where a message is read in full. */
export const alertUrl = (ctx: Pick<Ctx, 'settings'>, id: string): string =>
  `${ctx.settings.publicUrl}/#/alerts/${id}`

/**
 * Makes a locked message public, in the open transaction: it takes the place of the one before it, whose unsent
 * messages stop, and its own dispatch stands ready. `isQuiet`: the same is said for longer, and nobody is written to.
 * Throws `alerts.superseded` when another followed first, `alerts.area_empty` when nobody lives in the area.
 */
export async function issue(
  tx: Ctx,
  row: AlertRow,
  { approvedBy, isQuiet = false }: { approvedBy: string | null; isQuiet?: boolean },
): Promise<AlertRow> {
  const now = tx.now()
  const places = await resolveArea(tx, row.area)
  if (places.length === 0) throw new AppError('alerts.area_empty')
  if (row.previousId !== null) await takePlace(tx, row, row.previousId, isQuiet)
  const kind = row.kind as AlertKind
  const issued = await saveAlert(tx.db, row.id, {
    state: 'issued',
    approvedBy,
    issuedAt: now,
    updatedAt: now,
  })
  await audit(tx, {
    action: 'alerts.issued',
    subjectKind: 'alert',
    subjectId: row.id,
    data: { messageType: row.messageType, kind, level: row.level, isMeasured: !!row.stationCode },
  })
  await appendEvent(tx, {
    kind: 'alerts.issued',
    subjectId: row.id,
    data: { threadId: row.threadId, messageType: row.messageType },
  })
  if (isQuiet) return issued
  return saveAlert(tx.db, row.id, { dispatchId: await dispatchOf(tx, issued, places) })
}

/** What goes out to people in the area, planned and begun later. */
async function dispatchOf(
  tx: Ctx,
  row: AlertRow,
  places: Awaited<ReturnType<typeof resolveArea>>,
): Promise<string> {
  const kind = row.kind as AlertKind
  const label = await areaLabel(tx, row.area)
  const lasts = row.messageType === 'alert' || row.messageType === 'update'
  return createDispatch(
    { ...tx, actor: { kind: 'system', name: 'alerts' } },
    {
      subject: { kind: 'alert', id: row.id },
      lane: 'alert',
      isLifeSafety: isLifeSafety(kind, row.level),
      audience: {
        kind: TOPIC_OF[kind],
        places,
        isEveryone: isLifeSafety(kind, row.level),
      },
      message: (language) =>
        alertMessage(tx.translate(language), { row, language, place: label }, alertUrl(tx, row.id)),
      expiresAt: lasts
        ? new Date(row.expiresAt)
        : new Date(tx.now().getTime() + END_HOURS * HOUR_MS),
    },
  )
}

async function takePlace(
  tx: Ctx,
  row: AlertRow,
  previousId: string,
  isQuiet: boolean,
): Promise<void> {
  const previous = await lockAlert(tx.db, previousId)
  if (previous === undefined || previous.supersededBy !== null || previous.state !== 'issued')
    throw new AppError('alerts.superseded')
  await saveAlert(tx.db, previousId, { supersededBy: row.id, updatedAt: tx.now() })
  // What still goes out of a message that is only said for longer is true as it stands.
  if (!isQuiet) await stopDispatch(tx, previous)
}

/** Stops what still goes out of a message, or of the one that it only prolonged. */
async function stopDispatch(tx: Ctx, row: AlertRow): Promise<void> {
  if (row.dispatchId === null) {
    const before = row.previousId === null ? undefined : await lockAlert(tx.db, row.previousId)
    return before === undefined ? undefined : stopDispatch(tx, before)
  }
  const as: Ctx = { ...tx, actor: { kind: 'system', name: 'alerts' } }
  try {
    await steerDispatch(as, { dispatchId: row.dispatchId, wish: 'cancel' })
  } catch (error) {
    // It was sent to the last already.
    if (!(error instanceof AppError) || error.code !== 'http.conflict') throw error
  }
}
