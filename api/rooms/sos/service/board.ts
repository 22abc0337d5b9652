import type { Ctx } from '../../../context.ts'
import { isUuid } from '../../../core/ids.ts'
import type { CaseScope } from '../../../files/index.ts'
import { placeLabel } from '../../areas/index.ts'
import {
  chatsOfOfficials,
  findOnDuty,
  reachOf,
  requireCan,
  requireOfficial,
} from '../../identity/index.ts'
import { listLatest } from '../../readings/index.ts'
import { type Gauge, nearestGauge } from '../policy/water.ts'
import type { Board, BoardCase } from '../schema.ts'
import { type BoardRow, findBoard, findCase, findNotes, type NoteRow } from '../store.ts'

const DAY_MS = 86_400_000
const MOST = 200

/** All calls in reach that go on, oldest first, and those that ended within a day; with who is on duty now. */
export async function readBoard(ctx: Ctx): Promise<Board> {
  requireCan(ctx, 'sos.handle')
  const me = requireOfficial(ctx)
  const now = ctx.now()
  const rows = await findBoard(ctx.db, {
    reach: reachOf(ctx.actor, 'sos.handle'),
    endedSince: new Date(now.getTime() - DAY_MS),
    limit: MOST,
  })
  const notes = await findNotes(
    ctx.db,
    rows.map(({ id }) => id),
  )
  const gauges = await gaugesOf(ctx, rows)
  const shifts = await findOnDuty(ctx, me.unitCode)
  const chats = await chatsOfOfficials(
    ctx,
    shifts.map(({ officialId }) => officialId),
  )
  const reached = new Set(chats.map(({ officialId }) => officialId))
  return {
    at: now.toISOString(),
    onDuty: shifts.map(({ officialId, displayName }) => ({
      name: displayName,
      hasChat: reached.has(officialId),
    })),
    cases: rows.map((row) =>
      toCase(row, {
        notes: notes.filter(({ caseId }) => caseId === row.id),
        gauges: gauges.get(row.unitCode) ?? [],
        officialId: me.officialId,
      }),
    ),
  }
}

/** By what rights reach a call, for its photos; undefined when there is none. */
export async function findCallScope(ctx: Ctx, id: string): Promise<CaseScope | undefined> {
  const row = isUuid(id) ? await findCase(ctx.db, id) : undefined
  if (row === undefined) return undefined
  return { unitCode: row.unitCode, agencyCode: null, assigneeId: null, right: 'sos.handle' }
}

export type WaitingCall = Pick<BoardRow, 'id' | 'unitCode' | 'people' | 'isTold' | 'createdAt'> & {
  place: string | null
  isMine: boolean
}

/** Calls that wait for this official: nobody has them yet, or they have them; oldest first. */
export async function listWaitingCalls(ctx: Ctx): Promise<WaitingCall[]> {
  requireCan(ctx, 'sos.handle')
  const { officialId } = requireOfficial(ctx)
  const rows = await findBoard(ctx.db, {
    reach: reachOf(ctx.actor, 'sos.handle'),
    endedSince: ctx.now(),
    limit: MOST,
  })
  return rows
    .filter(
      ({ endedAt, claimedBy }) => endedAt === null && (claimedBy ?? officialId) === officialId,
    )
    .map(
      ({ id, unitCode, people, isTold, createdAt, claimedBy, placeLabel: place, placeWords }) => ({
        ...{ id, unitCode, people, isTold, createdAt },
        place: place ?? placeWords,
        isMine: claimedBy === officialId,
      }),
    )
}

/** River gauges by unit: those of the unit, else all. */
async function gaugesOf(
  ctx: Ctx,
  rows: readonly BoardRow[],
): Promise<ReadonlyMap<string, Gauge[]>> {
  if (rows.length === 0) return new Map()
  const rivers = (await listLatest(ctx, { kind: 'river' })).map((latest) => {
    const { lng, lat } = latest.station
    const at = lng === null || lat === null ? null : { lng, lat }
    return { at, text: latest.text, stage: latest.stage ?? 0, code: latest.station.code }
  })
  const own = new Map<string, Gauge[]>()
  for (const unitCode of new Set(rows.map((row) => row.unitCode))) {
    const codes = new Set(
      (await listLatest(ctx, { kind: 'river', unitCode })).map(({ station }) => station.code),
    )
    const near = rivers.filter(({ code }) => codes.has(code))
    own.set(unitCode, near.length > 0 ? near : rivers)
  }
  return own
}

type Around = { notes: readonly NoteRow[]; gauges: readonly Gauge[]; officialId: string }

function toCase(row: BoardRow, { notes, gauges, officialId }: Around): BoardCase {
  const at = row.lng === null || row.lat === null ? null : { lng: row.lng, lat: row.lat }
  return {
    id: row.id,
    state: row.state,
    channel: row.channel,
    unitCode: row.unitCode,
    unit: placeLabel(row.unitCode),
    place: row.placeLabel,
    placeWords: row.placeWords,
    lng: row.lng,
    lat: row.lat,
    people: row.people,
    vulnerable: row.vulnerable,
    depthCm: row.depthCm,
    phone: row.phone,
    notes: notes.map(({ at: saidAt, text, mediaId }) => ({ at: saidAt, text, mediaId })),
    water: nearestGauge(gauges, at),
    isTold: row.isTold,
    round: row.round,
    claimedBy: row.claimerName,
    isMine: row.claimedBy === officialId,
    createdAt: row.createdAt,
    claimedAt: row.claimedAt,
    reachedAt: row.reachedAt,
    endedAt: row.endedAt,
    endReason: row.endReason,
  }
}
