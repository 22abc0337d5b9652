import type { Ctx } from '../../../context.ts'
import { type DossierCode, issuerKind, readReceipt } from '../../../core/dossier-code.ts'
import { AppError } from '../../../core/errors.ts'
import { localDate } from '../../../core/time.ts'
import { parseInput } from '../../../http/kit.ts'
import { elsewhereText } from '../messages/words.ts'
import { LookUp, type LookUpAnswer } from '../schema.ts'
import { type DossierRow, findDossier } from '../store/dossiers.ts'
import { holdsFactor } from './factor.ts'
import { PORTAL_URL, viewDossier } from './view.ts'

/** Level-1 unit of the city (domain: `H57`). */
export const HOME_ISSUER = 'H57'

const HOUR = 3_600
/** Many phones of one mobile carrier share an address; a person is the narrow limit. */
const PER_PERSON_HOUR = 40
const PER_ADDRESS_HOUR = 400
/** Codes of one unit and day are counted through most easily. */
const PER_ADDRESS_AND_DAY_HOUR = 40
const PER_DAY_HOUR = 1_000
/** Five tries at the four digits of one dossier, whoever tries; then a pause. */
export const FACTOR_TRIES = 5
export const FACTOR_PAUSE_SECONDS = 900
const FACTOR_PER_ADDRESS_HOUR = 60
const FACTOR_PER_PERSON_HOUR = 20
const FACTOR_PER_DAY_HOUR = 200

/** Who looks: a key of the address, and of the person or chat where there is one. */
export type Looker = { remote: string; person?: string }

async function take(
  ctx: Ctx,
  code: 'http.rate_limited' | 'dossiers.too_many_tries',
  limits: readonly (readonly [key: string, limit: number, seconds: number])[],
): Promise<void> {
  for (const [key, limit, windowSeconds] of limits) {
    const taken = await ctx.ports.limits.take(`dossiers.${key}`, limit, windowSeconds)
    if (taken.ok) continue
    const seconds = Math.max(1, Math.ceil(taken.retryAfterSeconds))
    const minutes = Math.ceil(seconds / 60)
    throw new AppError(code, { params: { seconds, minutes }, retryAfterSeconds: seconds })
  }
}

const dayOf = ({ unit, receivedOn }: DossierCode): string => `${unit}-${receivedOn}`

async function limitLooks(ctx: Ctx, code: DossierCode, { remote, person }: Looker): Promise<void> {
  const day = dayOf(code)
  await take(ctx, 'http.rate_limited', [
    ...(person === undefined ? [] : [[`look:p:${person}`, PER_PERSON_HOUR, HOUR] as const]),
    [`look:r:${remote}`, PER_ADDRESS_HOUR, HOUR],
    [`look:rd:${remote}:${day}`, PER_ADDRESS_AND_DAY_HOUR, HOUR],
    [`look:d:${day}`, PER_DAY_HOUR, HOUR],
  ])
}

/** Counted before anything is compared, and for codes that do not exist alike. */
async function limitTries(ctx: Ctx, code: DossierCode, { remote, person }: Looker): Promise<void> {
  await take(ctx, 'dossiers.too_many_tries', [
    ...(person === undefined ? [] : [[`try:p:${person}`, FACTOR_PER_PERSON_HOUR, HOUR] as const]),
    [`try:r:${remote}`, FACTOR_PER_ADDRESS_HOUR, HOUR],
    [`try:d:${dayOf(code)}`, FACTOR_PER_DAY_HOUR, HOUR],
    [`try:c:${code.code}`, FACTOR_TRIES, FACTOR_PAUSE_SECONDS],
  ])
}

/**
 * The dossier behind a canonical code, with the digits checked when given. An unknown code and wrong digits are the same
 * `dossiers.not_found` after the same work. Throws `http.rate_limited`, `dossiers.too_many_tries`.
 */
export async function openDossier(
  ctx: Ctx,
  code: DossierCode,
  digits: string | undefined,
  looker: Looker,
): Promise<DossierRow> {
  await limitLooks(ctx, code, looker)
  if (digits !== undefined) await limitTries(ctx, code, looker)
  const row = await findDossier(ctx.db, code.code)
  const isOpen = digits === undefined || (await holdsFactor(ctx, code.code, row, digits))
  if (row === undefined || !isOpen) throw new AppError('dossiers.not_found')
  return row
}

/** A code of ours, or the answer that there is none. Throws `dossiers.code_invalid`. */
export function readOwnCode(
  ctx: Ctx,
  input: string,
): { code: DossierCode } | { answer: LookUpAnswer } {
  const read = readReceipt(input, localDate(ctx.now()))
  if (read.outcome === 'none')
    throw new AppError('dossiers.code_invalid', { params: { reason: read.reason } })
  if (read.outcome === 'did_you_mean')
    return { answer: { outcome: 'did_you_mean', code: read.code.code } }
  const issuer = issuerKind(read.code, HOME_ISSUER)
  if (issuer === 'home') return { code: read.code }
  const text = elsewhereText(ctx.t, issuer)
  return { answer: { outcome: 'elsewhere', issuer, text, portalUrl: PORTAL_URL } }
}

/** One dossier by its code: public facts, and with the second factor the details. */
export async function lookUpDossier(
  ctx: Ctx,
  input: LookUp,
  looker: Looker,
): Promise<LookUpAnswer> {
  const { code: typed, digits } = parseInput(LookUp, input)
  const read = readOwnCode(ctx, typed)
  if ('answer' in read) return read.answer
  const row = await openDossier(ctx, read.code, digits, looker)
  const level = digits === undefined ? 'public' : 'full'
  return { outcome: 'found', dossier: await viewDossier(ctx, row, level) }
}
