import type { Ctx } from '../../../context.ts'
import { distanceM } from '../../../core/geo.ts'
import { localDate } from '../../../core/time.ts'
import { parseInput } from '../../../http/kit.ts'
import {
  exactPoint,
  isExactSource,
  isSamePlace,
  MAX_REPEATS,
  mayBeSameKind,
  REPEAT_DAYS,
  REPEAT_RADIUS_M,
} from '../policy/repeat.ts'
import { toPublic } from '../policy/view.ts'
import { type SimilarIncident, SimilarQuery } from '../schema-follow.ts'
import type { IncidentRow } from '../store/cases.ts'
import { findEarlier, findSimilar, insertRepeats, type Where } from '../store/near.ts'
import { loadAround } from './around.ts'
import { type Settled, settlePlace } from './place.ts'

/** What is near enough, and recent enough, to be the same matter. */
const SIMILAR_RADIUS_M = 150
const SIMILAR_DAYS = 14
const SIMILAR_LIMIT = 5
const DAY_MS = 86_400_000
/** Looked at around a point: the corners of its square lie outside the circle. */
const MAX_AROUND = MAX_REPEATS * 2
/** Looked at in a hamlet or unit, where only the same words for a place make it the same one. */
const MAX_COMPARED = 200

const daysAgo = (ctx: Ctx, days: number) => new Date(ctx.now().getTime() - days * DAY_MS)

/**
 * Open public cases that may be the one that somebody is about to report: within 150 m, or without a point in the same
 * hamlet (or unit), of the same category, from the last 14 days. Throws as a report's place does.
 */
export async function findSimilarIncidents(
  ctx: Ctx,
  input: SimilarQuery,
): Promise<SimilarIncident[]> {
  const { category, kind, place } = parseInput(SimilarQuery, input)
  const settled = await settlePlace(ctx, place)
  const at = isExactSource(place.source) ? settled.at : undefined
  const where = whereOf(settled, at === undefined ? undefined : { at, radiusM: SIMILAR_RADIUS_M })
  const rows = await findSimilar(ctx.db, {
    matter: { category, kind: kind ?? null },
    where,
    since: daysAgo(ctx, SIMILAR_DAYS),
    limit: SIMILAR_LIMIT,
  })
  const around = await loadAround(ctx, rows)
  const today = localDate(ctx.now())
  return rows.flatMap((row) => {
    const parts = around.get(row.id)
    if (parts === undefined) return []
    const shown = toPublic(row, parts, today)
    const isFar = at === undefined || shown.place === undefined
    return [isFar ? shown : { ...shown, distanceM: Math.round(distanceM(at, shown.place ?? at)) }]
  })
}

function whereOf(
  place: { hamletId: string | null; unitCode: string | null } | Settled,
  circle: Extract<Where, { radiusM: number }> | undefined,
): Where {
  if (circle !== undefined) return circle
  return place.hamletId === null ? { unitCode: place.unitCode ?? '' } : { hamletId: place.hamletId }
}

/** Ties a new case to earlier ones of the same matter at the same place, for the desk to see. */
export async function linkRepeats(tx: Ctx, incident: IncidentRow): Promise<void> {
  const at = exactPoint(incident)
  const circle = at === undefined ? undefined : { at, radiusM: REPEAT_RADIUS_M }
  const found = await findEarlier(tx.db, {
    matter: incident,
    where: whereOf(incident, circle),
    beforeId: incident.id,
    since: daysAgo(tx, REPEAT_DAYS),
    limit: at === undefined ? MAX_COMPARED : MAX_AROUND,
  })
  const earlier = found
    .filter((row) => isSamePlace(row, incident) && mayBeSameKind(row.kind, incident.kind))
    .slice(0, MAX_REPEATS)
  await insertRepeats(
    tx.db,
    incident.id,
    earlier.map((row) => row.id),
  )
}
