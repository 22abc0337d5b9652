import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { getDispatchProgress } from '../../delivery/index.ts'
import { can, officialNames, reachOf, requireCan, requireOfficial } from '../../identity/index.ts'
import { getStation, listStations } from '../../readings/index.ts'
import {
  kindLabel,
  levelLabel,
  readOut,
  readyInstruction,
  shareText,
  standingOf,
} from '../messages.ts'
import { isEnd } from '../policy/kinds.ts'
import {
  ALERT_KINDS,
  type AlertDesk,
  type AlertKind,
  type DeskAlert,
  StationMode,
} from '../schema.ts'
import {
  type AlertRow,
  findInForce,
  findOpen,
  findReminders,
  findStationModes,
  saveStationMode,
} from '../store.ts'
import { areaLabel } from './area.ts'
import { missingOf } from './draft.ts'
import { alertUrl } from './issue.ts'
import { successorOf } from './read.ts'
import { dueReminders } from './remind.ts'

/** What waits for somebody, what holds now, and which rivers speak by themselves. */
export async function readAlertDesk(ctx: Ctx): Promise<AlertDesk> {
  requireCan(ctx, 'alerts.draft')
  requireOfficial(ctx)
  const open = await findOpen(ctx.db, reachOf(ctx.actor, 'alerts.draft'))
  const inForce = await findInForce(ctx.db, ctx.now())
  const people = [...open, ...inForce].flatMap(({ authorId, approvedBy }) => [authorId, approvedBy])
  const names = await officialNames(ctx, people)
  const modes = new Map(
    (await findStationModes(ctx.db)).map((one) => [one.stationCode, one.isAutomatic]),
  )
  const reminders = await remindersOf(ctx, inForce)
  const rivers = (await listStations(ctx)).filter(({ kind }) => kind === 'river')
  return {
    at: ctx.now().toISOString(),
    open: await Promise.all(open.map((row) => toDesk(ctx, row, names))),
    inForce: await Promise.all(
      inForce.map(async (row) => ({
        ...(await toDesk(ctx, row, names)),
        reminder: reminders.get(row.id) ?? null,
      })),
    ),
    stations: rivers.map(({ code, name, river }) => ({
      code,
      name: river === null ? name : `${name} (${river})`,
      isAutomatic: modes.get(code) ?? false,
    })),
    ready: ALERT_KINDS.flatMap((kind) =>
      [1, 2, 3, 4].map((level) => ({
        ...{ kind, level },
        instructionVi: readyInstruction(ctx.translate('vi'), kind, level),
        instructionEn: readyInstruction(ctx.translate('en'), kind, level),
      })),
    ),
  }
}

type Names = ReadonlyMap<string, string>
const nameOf = (names: Names, id: string | null): string | null =>
  id === null ? null : (names.get(id) ?? null)

async function toDesk(ctx: Ctx, row: AlertRow, names: Names): Promise<DeskAlert> {
  const me = requireOfficial(ctx)
  const place = await areaLabel(ctx, row.area)
  const about = { row, language: 'vi' as const, place }
  const vi = ctx.translate('vi')
  const isMine = can(ctx.actor, 'alerts.draft', { unitCode: row.unitCode })
  const missing = row.stationCode === null ? missingOf(row) : []
  const isOpen = row.state === 'draft' || row.state === 'proposed'
  return {
    id: row.id,
    version: row.version,
    state: row.state,
    standing:
      row.state === 'issued' ? standingOf(row, await successorOf(ctx, row), ctx.now()) : null,
    messageType: row.messageType,
    previousId: row.previousId,
    stationCode: row.stationCode,
    unitCode: row.unitCode,
    kind: row.kind as AlertKind,
    kindLabel: kindLabel(ctx.t, row.kind),
    level: row.level,
    levelLabel: levelLabel(ctx.t, row),
    headlineVi: row.headlineVi,
    headlineEn: row.headlineEn,
    bodyVi: row.bodyVi,
    bodyEn: row.bodyEn,
    instructionVi: row.instructionVi,
    instructionEn: row.instructionEn,
    issuer: row.issuer,
    signer: row.signer,
    documentNo: row.documentNo,
    area: row.area,
    onsetAt: row.onsetAt,
    expiresAt: row.expiresAt,
    place,
    authorName: nameOf(names, row.authorId),
    approverName: nameOf(names, row.approvedBy),
    issuedAt: row.issuedAt,
    missing,
    can: {
      edit: isOpen && isMine,
      propose: row.state === 'draft' && isMine && missing.length === 0,
      issue:
        row.state === 'proposed' &&
        row.authorId !== me.officialId &&
        can(ctx.actor, 'alerts.issue', { unitCode: row.unitCode }),
      follow: row.state === 'issued' && !isEnd(row.messageType) && isMine,
      seePeople: can(ctx.actor, 'identity.view_reporter', {
        unitCode: me.unitCode ?? row.unitCode,
      }),
    },
    reminder: null,
    delivery: await deliveryOf(ctx, row),
    readOut: readOut(vi, about),
    shareText: shareText(vi, about, alertUrl(ctx, row.id)),
  }
}

/** Of each message in force that asks for somebody: why, since when, and how many were told. */
async function remindersOf(ctx: Ctx, inForce: readonly AlertRow[]) {
  const due = await dueReminders(ctx, inForce)
  const told = await findReminders(
    ctx.db,
    due.map(({ row }) => row.id),
  )
  return new Map(
    due.map(({ row, step, since }) => {
      const sent = told.find((one) => one.alertId === row.id && one.step === step)
      return [row.id, { step, since: since.toISOString(), told: sent?.told ?? null }]
    }),
  )
}

async function deliveryOf(ctx: Ctx, { dispatchId }: AlertRow): Promise<DeskAlert['delivery']> {
  if (dispatchId === null) return null
  const { state, counts } = await getDispatchProgress(ctx, { dispatchId })
  return { state, counts }
}

/**
 * Whether a river's measured levels go out by themselves, or wait for somebody: for whoever issues warnings in a unit that
 * the river concerns.
 */
export async function saveMode(
  ctx: Ctx,
  input: { stationCode: string; isAutomatic: boolean },
): Promise<void> {
  requireCan(ctx, 'alerts.issue')
  const { isAutomatic } = parseInput(StationMode, { isAutomatic: input.isAutomatic })
  const station = await getStation(ctx, input.stationCode)
  const isTheirs = station.unitCodes.some((unitCode) =>
    can(ctx.actor, 'alerts.issue', { unitCode }),
  )
  if (!isTheirs) throw new AppError('http.forbidden')
  await inTransaction(ctx, async (tx) => {
    await saveStationMode(tx.db, { stationCode: station.code, isAutomatic }, tx.now())
    await audit(tx, {
      action: 'alerts.station_mode',
      subjectKind: 'station',
      subjectId: station.code,
      data: { isAutomatic },
    })
  })
}
