import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { type LngLat, lngLat } from '../../../core/geo.ts'
import { clean } from '../../../core/text.ts'
import { findHamlet, fullName, resolvePlace, unitByCode } from '../../areas/index.ts'
import { areaParts } from '../policy/address.ts'
import type { Place } from '../schema.ts'
import { unitName } from './around.ts'

/** A place that is surely inside the province and has a unit. */
export type Settled = {
  at: LngLat | undefined
  text: string
  unitCode: string
  hamletId: string | null
}

/**
 * Checks a place and finds its unit. Throws `incidents.place_missing`, `incidents.outside_province`, and
 * `incidents.place_unclear` with the candidates when a name means several places.
 */
export async function settlePlace(ctx: Ctx, place: Place): Promise<Settled> {
  const text = clean(place.text ?? '')
  if (place.source === 'hamlet') return ofHamlet(ctx, place.hamletId, text)
  const at = pointOf(place)
  return at === undefined ? ofName(ctx, place, text) : ofPoint(ctx, place, at, text)
}

function pointOf(place: Place): LngLat | undefined {
  const hasPoint = place.lng !== undefined && place.lat !== undefined
  if (!hasPoint) {
    if (place.source === 'name' || place.source === 'address') return undefined
    throw new AppError('incidents.place_missing')
  }
  return lngLat(place.lng ?? Number.NaN, place.lat ?? Number.NaN)
}

async function ofHamlet(ctx: Ctx, hamletId: string | undefined, text: string): Promise<Settled> {
  const hamlet = hamletId === undefined ? undefined : await findHamlet(ctx.db, hamletId)
  if (hamlet === undefined) throw new AppError('incidents.place_missing')
  const { lng, lat, unitCode, name } = hamlet
  const at = lng === null || lat === null ? undefined : lngLat(lng, lat)
  return { at, text: text === '' ? name : text, unitCode, hamletId: hamlet.id }
}

/** A unit that the sender named holds if the point may lie in it; else the nearest one, named in the answer. */
async function ofPoint(ctx: Ctx, place: Place, at: LngLat, text: string): Promise<Settled> {
  const found = await resolvePlace(ctx, { at })
  if (found.outcome === 'outside') throw new AppError('incidents.outside_province')
  const named = found.candidates.find((candidate) => candidate.unitCode === place.unitCode)
  const chosen = named ?? found.candidates[0]
  if (chosen === undefined) throw new AppError('incidents.outside_province')
  const { unitCode } = chosen
  return {
    at,
    text: text === '' ? unitName(unitCode) : text,
    unitCode,
    hamletId: chosen.hamlet?.id ?? (await hamletIn(ctx, unitCode, place.hamletId)),
  }
}

/** Where the shapes of hamlets are not known, the one that the sender named beside the point, if it is of this unit. */
async function hamletIn(
  ctx: Ctx,
  unitCode: string,
  id: string | undefined,
): Promise<string | null> {
  const hamlet = id === undefined ? undefined : await findHamlet(ctx.db, id)
  return hamlet?.unitCode === unitCode ? hamlet.id : null
}

async function ofName(ctx: Ctx, place: Place, text: string): Promise<Settled> {
  const unit = place.unitCode === undefined ? undefined : unitByCode(place.unitCode)
  if (unit !== undefined) {
    return {
      at: undefined,
      text: text === '' ? fullName(unit) : text,
      unitCode: unit.code,
      hamletId: null,
    }
  }
  if (text === '' || place.unitCode !== undefined) throw new AppError('incidents.place_missing')
  const found = await resolveWords(ctx, place.source === 'address' ? areaParts(text) : [text])
  const [first, ...others] = found.candidates
  if (first === undefined) throw new AppError('incidents.place_missing')
  if (others.length > 0) {
    throw new AppError('incidents.place_unclear', { detail: { candidates: found.candidates } })
  }
  const hamlet = first.hamlet === undefined ? undefined : await findHamlet(ctx.db, first.hamlet.id)
  if (hamlet === undefined || place.source === 'address')
    return {
      at: undefined,
      text,
      unitCode: first.unitCode,
      hamletId: hamlet?.id ?? null,
    }
  return ofHamlet(ctx, hamlet.id, text)
}

/** The first of the texts that names a place; the last one's answer when none does. */
async function resolveWords(ctx: Ctx, texts: readonly string[]) {
  let found = await resolvePlace(ctx, { q: texts[0] ?? '' })
  for (const q of texts.slice(1)) {
    if (found.candidates.length > 0) break
    found = await resolvePlace(ctx, { q })
  }
  return found
}
