import type { PlaceFact } from '../../../chat/inbound.ts'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { sha256Hex } from '../../../core/ids.ts'
import { parseInput } from '../../../http/kit.ts'
import { understand } from '../../../understanding/index.ts'
import { listHotlines, placeFactsForPin, placeFactsForText, placeLabel } from '../../areas/index.ts'
import { officialById } from '../../identity/index.ts'
import { dutyName, ownLines } from '../messages.ts'
import { CallInput, CallRef, type CallView, VULNERABLE } from '../schema.ts'
import { findBySecret, type SosRow } from '../store.ts'
import { raiseSos } from './raise.ts'

/**
 * A call from the page, or more about one: the secret that the page made tells which. Sent twice it is one call. A point
 * outside the province is kept as it is: whoever reads it knows better than a map.
 */
export async function callForHelp(ctx: Ctx, input: CallInput): Promise<CallView> {
  const { secret, at, placeWords, people, vulnerable, phone, words } = parseInput(CallInput, input)
  const secretHash = await sha256Hex(secret)
  const near =
    at === undefined
      ? await placeSaid(ctx, secretHash, [placeWords, words])
      : (await placeFactsForPin(ctx, at)).places[0]
  const place = {
    ...(near === undefined ? {} : { label: near.label }),
    ...(near?.unitCode === undefined ? {} : { unitCode: near.unitCode }),
    ...(near?.hamletId === undefined || at !== undefined ? {} : { hamletId: near.hamletId }),
    ...(at === undefined ? {} : { at }),
    ...(placeWords === undefined ? {} : { words: placeWords }),
  }
  const depth = words === undefined ? undefined : understand(words).entities.depth
  const residentId = ctx.actor.kind === 'resident' ? ctx.actor.residentId : null
  const { row } = await raiseSos(
    ctx,
    { channel: 'app', secretHash, residentId },
    {
      place,
      ...(people === undefined ? {} : { people }),
      ...(vulnerable === undefined ? {} : { vulnerable }),
      ...(depth === undefined ? {} : { depthCm: depth.depthCm }),
      ...(phone === undefined ? {} : { phone }),
      words: words === undefined ? [] : [words],
      media: [],
    },
  )
  return toView(ctx, row)
}

/** The one place that the words surely name, while nothing better is known of the call. */
async function placeSaid(
  ctx: Ctx,
  secretHash: string,
  said: readonly (string | undefined)[],
): Promise<PlaceFact | undefined> {
  const text = said.filter((part) => part !== undefined).join(' ')
  if (text === '') return undefined
  const known = await findBySecret(ctx.db, secretHash)
  if (known !== undefined && known.placeLabel !== null) return undefined
  const { places } = await placeFactsForText(ctx, text)
  const [only, another] = places
  return only?.exact === true && another === undefined ? only : undefined
}

/** How a page's call stands. Throws `sos.not_found`. */
export async function readCall(ctx: Ctx, input: { secret: string }): Promise<CallView> {
  const { secret } = parseInput(CallRef, input)
  const row = await findBySecret(ctx.db, await sha256Hex(secret))
  if (row === undefined) throw new AppError('sos.not_found')
  return toView(ctx, row)
}

async function toView(ctx: Ctx, row: SosRow): Promise<CallView> {
  const claimer = row.claimedBy === null ? undefined : await officialById(ctx, row.claimedBy)
  const lines = ownLines(await listHotlines(ctx.db, row.unitCode))
  return {
    state: row.state,
    isTold: row.isTold,
    unit: placeLabel(row.unitCode),
    place: row.placeLabel ?? row.placeWords,
    people: row.people,
    vulnerable: VULNERABLE.filter((kind) => row.vulnerable.includes(kind)),
    createdAt: row.createdAt,
    claimedBy: claimer === undefined ? null : dutyName(ctx.t, claimer.unitCode),
    claimedAt: row.claimedAt,
    reachedAt: row.reachedAt,
    endedAt: row.endedAt,
    hotlines: lines.map(({ nameVi, nameEn, phone }) => ({
      name: ctx.language === 'en' ? nameEn : nameVi,
      phone,
    })),
  }
}
