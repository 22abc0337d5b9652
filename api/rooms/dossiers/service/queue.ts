import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { listOffices } from '../../areas/index.ts'
import { deliver } from '../../delivery/index.ts'
import { reachOf, requireCan } from '../../identity/index.ts'
import {
  type DeskSetting,
  MoveAppointment,
  type Queue,
  type QueueItem,
  QueueQuery,
  SaveDesk,
} from '../appointment-schema.ts'
import { appointmentMessage } from '../messages/appointment.ts'
import { type AppointmentState, mayMove, nextStates } from '../policy/appointment-states.ts'
import {
  type AppointmentRow,
  type DeskRow,
  findAppointment,
  findDesk,
  listDesks,
  listQueue,
  lockAppointment,
  lockNextWaiting,
  moveAppointment,
  saveDeskRow,
} from '../store/appointments.ts'
import { listProcedureRows } from '../store/procedures.ts'
import { appointmentStateText, clockTime, deskName, viewAppointment } from './appointment-view.ts'

/** The desks of whoever asks; of the installation's own unit where their right reaches everything. */
async function ownDesks(ctx: Ctx): Promise<DeskRow[]> {
  requireCan(ctx, 'dossiers.desk')
  const { isEverything, unitCode } = reachOf(ctx.actor, 'dossiers.desk')
  return listDesks(ctx.db, isEverything ? ctx.settings.homeUnitCode : (unitCode ?? ''))
}

async function requireDesk(ctx: Ctx, officeId: string): Promise<DeskRow> {
  const desk = await findDesk(ctx.db, officeId)
  requireCan(ctx, 'dossiers.desk', { unitCode: desk?.unitCode ?? null })
  if (desk === undefined) throw new AppError('dossiers.desk_unknown')
  return desk
}

/** The queue of a desk on a day (today), by number; names of nobody. Throws `dossiers.desk_unknown`. */
export async function getQueue(ctx: Ctx, input: QueueQuery): Promise<Queue> {
  const query = parseInput(QueueQuery, input)
  const desks = await ownDesks(ctx)
  const desk = desks.find(
    ({ officeId }) => query.officeId === undefined || officeId === query.officeId,
  )
  if (desk === undefined) throw new AppError('dossiers.desk_unknown')
  const day = query.day ?? localDate(ctx.now())
  const rows = await listQueue(ctx.db, desk.officeId, day)
  const procedures = new Map((await listProcedureRows(ctx.db)).map((row) => [row.code, row]))
  const count = (...states: AppointmentState[]) =>
    rows.filter(({ state }) => states.includes(state)).length
  const { officeId, slotMinutes, seats, daysAhead } = desk
  return {
    day,
    desk: { officeId, name: deskName(ctx, desk), slotMinutes, seats, daysAhead },
    desks: desks.map((one) => ({ officeId: one.officeId, name: deskName(ctx, one) })),
    counts: {
      booked: count('booked'),
      waiting: count('arrived'),
      called: count('called'),
      served: count('served'),
      missed: count('missed'),
    },
    items: rows.map((row) => {
      const procedure = procedures.get(row.procedureCode ?? '')
      const name = ctx.language === 'en' ? procedure?.nameEn : procedure?.nameVi
      return toItem(ctx, row, name)
    }),
  }
}

const toItem = (ctx: Ctx, row: AppointmentRow, procedureName: string | undefined): QueueItem => ({
  id: row.id,
  code: row.code,
  queueNumber: row.queueNumber,
  startAt: row.slotAt,
  time: clockTime(row.slotAt),
  state: row.state,
  stateText: appointmentStateText(ctx, row.state),
  next: [...nextStates(row.state)],
  ...(procedureName === undefined ? {} : { procedureName }),
  ...(row.calledAt === null ? {} : { calledAt: row.calledAt }),
})

async function move(tx: Ctx, row: AppointmentRow, to: AppointmentState): Promise<AppointmentRow> {
  const moved = await moveAppointment(tx.db, row.id, { state: to, now: tx.now() })
  await audit(tx, {
    action: 'dossiers.appointment_moved',
    subjectKind: 'appointment',
    subjectId: row.id,
    data: { from: row.state, to },
  })
  return moved
}

/**
 * What the desk says of somebody: here, at the counter, done, not come, or that the desk has to cancel (their person is
 * told). The same again is no change. Throws `dossiers.appointment_unknown`, `dossiers.appointment_moved`.
 */
export async function moveInQueue(
  ctx: Ctx,
  input: { id: string; to: AppointmentState },
): Promise<void> {
  requireCan(ctx, 'dossiers.desk')
  const { to } = parseInput(MoveAppointment, { to: input.to })
  const known = await findAppointment(ctx.db, input.id)
  if (known === undefined) throw new AppError('dossiers.appointment_unknown')
  await requireDesk(ctx, known.officeId)
  await inTransaction(ctx, async (tx) => {
    const row = await lockAppointment(tx.db, input.id)
    if (row === undefined) throw new AppError('dossiers.appointment_unknown')
    if (row.state === to) return
    if (!mayMove(row.state, to)) throw new AppError('dossiers.appointment_moved')
    const moved = await move(tx, row, to)
    if (to === 'cancelled') await tellCancelled(tx, moved)
  })
}

/** The lowest number that waits is called to the counter; undefined when nobody waits. Throws `dossiers.desk_unknown`. */
export async function callNext(
  ctx: Ctx,
  input: { officeId: string },
): Promise<QueueItem | undefined> {
  requireCan(ctx, 'dossiers.desk')
  await requireDesk(ctx, input.officeId)
  return inTransaction(ctx, async (tx) => {
    const waiting = await lockNextWaiting(tx.db, input.officeId, localDate(tx.now()))
    if (waiting === undefined) return undefined
    return toItem(tx, await move(tx, waiting, 'called'), undefined)
  })
}

async function tellCancelled(tx: Ctx, row: AppointmentRow): Promise<void> {
  const views = {
    vi: await viewAppointment({ ...tx, language: 'vi', t: tx.translate('vi') }, row),
    en: await viewAppointment({ ...tx, language: 'en', t: tx.translate('en') }, row),
  }
  await deliver(tx, {
    residentId: row.residentId,
    kind: 'appointment_step',
    lane: 'notice',
    message: (language) => appointmentMessage(tx.translate(language), views[language], 'dropped'),
    dedupeKey: `appointment:${row.id}:cancelled`,
    expiresAt: new Date(row.slotAt),
  })
}

/** The offices of the installation's unit, and how each takes people; null: it takes no appointments. */
export async function listDeskSettings(ctx: Ctx): Promise<DeskSetting[]> {
  requireCan(ctx, 'dossiers.manage')
  const unitCode = ctx.settings.homeUnitCode
  const desks = new Map((await listDesks(ctx.db, unitCode)).map((desk) => [desk.officeId, desk]))
  return (await listOffices(ctx.db, unitCode)).map(({ id, nameVi, nameEn }) => {
    const name = ctx.language === 'en' ? nameEn : nameVi
    const desk = desks.get(id)
    if (desk === undefined) return { officeId: id, name, desk: null }
    const { slotMinutes, seats, daysAhead } = desk
    return { officeId: id, name, desk: { slotMinutes, seats, daysAhead } }
  })
}

/** How a desk takes people; the office has to be there. Throws `dossiers.desk_unknown`, `http.invalid_input`. */
export async function saveDesk(ctx: Ctx, input: SaveDesk): Promise<void> {
  requireCan(ctx, 'dossiers.manage')
  const desk = parseInput(SaveDesk, input)
  const offices = await listOffices(ctx.db, ctx.settings.homeUnitCode)
  if (!offices.some(({ id }) => id === desk.officeId)) throw new AppError('dossiers.desk_unknown')
  await inTransaction(ctx, async (tx) => {
    await saveDeskRow(tx.db, { ...desk, updatedAt: tx.now() })
    await audit(tx, {
      action: 'dossiers.desk_saved',
      subjectKind: 'appointment_desk',
      subjectId: desk.officeId,
      fields: Object.keys(desk),
    })
  })
}
