import type { Ctx, ZaloAnswer, ZaloPeople } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import type { LngLat } from '../../../core/geo.ts'
import { sha256Hex } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import type { ResidentSession } from '../schema.ts'
import { findLinkCode, findLivingResident, spendLinkCode } from '../store/links.ts'
import type { ChatAddress } from '../store/residents.ts'
import { codeHash, parseLinkCode } from './links.ts'
import { type Host, refuse, take, takeProof } from './proof-limits.ts'
import { type ProviderAnswer, proveAtProvider, startAtProvider, type Way } from './provider.ts'
import { type Resident, residentForChat } from './residents.ts'
import { openResidentSession } from './sessions.ts'

/** Where a request comes from: `remoteKey` of its address, and a `label` that tells the person's device. */
export type From = { remoteKey: string; label: string }

/** Eight signs that live ten minutes: at these rates a guess succeeds once in some ten thousand years. */
const CODES_OF_AN_ADDRESS = { limit: 20, windowSeconds: 600 }
const CODES_OF_ALL = { limit: 2_000, windowSeconds: 600 }
const isOff = (): never => {
  throw new AppError('identity.sign_in_off')
}

async function open(tx: Ctx, resident: Resident, host: Host, from: From): Promise<ResidentSession> {
  const actor = { kind: 'resident', residentId: resident.id } as const
  const session = await openResidentSession(
    { ...tx, actor },
    { residentId: resident.id, label: from.label },
  )
  await audit(
    { ...tx, actor },
    {
      action: 'identity.signed_in',
      subjectKind: 'session',
      subjectId: session.id,
      data: { host },
    },
  )
  const { language, displayName } = resident
  return {
    token: session.secret,
    expiresAt: session.expiresAt,
    resident: { language, displayName },
  }
}

/** The resident behind an address that a host proved, known before or new. */
const enter = (ctx: Ctx, address: ChatAddress, host: Host, from: From): Promise<ResidentSession> =>
  inTransaction(ctx, async (tx) => {
    const resident = await residentForChat(tx, { ...address, language: tx.language })
    return open(tx, resident, host, from)
  })

/**
 * Exchanges Telegram's initial data for our session, as the person whose private chat with the bot has the same id.
 * Throws `identity.proof_invalid`, `identity.proof_expired`, `identity.sign_in_off`, `identity.too_many_attempts`.
 */
export async function signInWithTelegram(
  ctx: Ctx,
  input: { initData: string },
  from: From,
): Promise<ResidentSession> {
  const check = ctx.ports.proofs.telegram ?? isOff()
  await takeProof(ctx, 'telegram', input.initData)
  const proof = await check(input.initData, ctx.now())
  if (proof.outcome !== 'proven') return refuse(ctx, 'telegram', `identity.proof_${proof.outcome}`)
  return enter(ctx, { channel: 'telegram', chatKey: proof.userId }, 'telegram', from)
}

/** −501: Zalo tells nothing personal to addresses abroad, whatever the person does. */
const ABROAD = /egress_outside_vietnam$/

async function zaloValue<T>(ctx: Ctx, answer: ZaloAnswer<T>): Promise<T> {
  if (answer.ok) return answer.value
  if (!answer.isOurs) return refuse(ctx, 'zalo', 'identity.proof_invalid')
  ctx.log.error('zalo_mini_app.problem', { code: answer.code })
  throw new AppError(ABROAD.test(answer.code) ? 'identity.host_abroad' : 'identity.host_away')
}

const zaloOf = (ctx: Ctx): ZaloPeople => ctx.ports.proofs.zalo ?? isOff()

/**
 * Exchanges an access token of the Zalo mini-app; Zalo itself is asked whose it is. Throws `identity.proof_invalid`,
 * `identity.host_abroad` (−501), `identity.host_away`, `identity.sign_in_off`, `identity.too_many_attempts`.
 */
export async function signInWithZalo(
  ctx: Ctx,
  input: { accessToken: string },
  from: From,
): Promise<ResidentSession> {
  const zalo = zaloOf(ctx)
  await takeProof(ctx, 'zalo', input.accessToken)
  const chatKey = await zaloValue(ctx, await zalo.findId(input.accessToken))
  return enter(ctx, { channel: 'zalo-mini-app', chatKey }, 'zalo', from)
}

type ZaloCode = { accessToken: string; code: string }

/** The place behind a code of Zalo's `getLocation()`; nothing of it is kept. Throws like `signInWithZalo`. */
export async function readZaloPlace(ctx: Ctx, input: ZaloCode): Promise<LngLat> {
  const zalo = zaloOf(ctx)
  await takeProof(ctx, 'zalo', input.code)
  return zaloValue(ctx, await zalo.findPlace(input.accessToken, input.code))
}

/** The number behind a code of Zalo's `getPhoneNumber()`, for the person to put in where they like; not kept. */
export async function readZaloPhone(ctx: Ctx, input: ZaloCode): Promise<string> {
  const zalo = zaloOf(ctx)
  await takeProof(ctx, 'zalo', input.code)
  return zaloValue(ctx, await zalo.findPhone(input.accessToken, input.code))
}

const WAY: Way = { host: 'oidc', path: '/' }

/** Where to send the person, and the ticket that proves at the end that the same browser started. */
export const startOidc = (ctx: Ctx): Promise<{ url: string; ticket: string }> =>
  startAtProvider(ctx, ctx.ports.proofs.oidc ?? isOff(), WAY)

/** Exchanges a provider's answer. Throws as `proveAtProvider`, and `identity.sign_in_off`. */
export async function finishOidc(
  ctx: Ctx,
  input: ProviderAnswer,
  from: From,
): Promise<ResidentSession> {
  const oidc = ctx.ports.proofs.oidc ?? isOff()
  const { issuer, subject } = await proveAtProvider(ctx, oidc, WAY, input)
  const chatKey = await sha256Hex(JSON.stringify([issuer, subject]))
  return enter(ctx, { channel: 'oidc', chatKey }, 'oidc', from)
}

/**
 * Signs a browser in as whoever made this code in their chat: once, within ten minutes. Throws
 * `identity.code_invalid` whatever is wrong with it, `identity.too_many_attempts`.
 */
export async function signInWithCode(
  ctx: Ctx,
  input: { code: string },
  from: From,
): Promise<ResidentSession> {
  await take(ctx, `code:r:${from.remoteKey}`, CODES_OF_AN_ADDRESS)
  await take(ctx, 'code:all', CODES_OF_ALL)
  const signs = parseLinkCode(input.code)
  const hash = signs === undefined ? undefined : await codeHash(ctx, signs)
  const session = hash === undefined ? undefined : await spendCode(ctx, hash, from)
  return session ?? refuse(ctx, 'code', 'identity.code_invalid')
}

async function spendCode(ctx: Ctx, hash: string, from: From): Promise<ResidentSession | undefined> {
  return inTransaction(ctx, async (tx) => {
    const now = tx.now()
    const code = await findLinkCode(tx.db, hash)
    if (code === undefined || code.usedAt !== null) return undefined
    if (Date.parse(code.expiresAt) <= now.getTime()) return undefined
    const resident = await findLivingResident(tx.db, code.residentId)
    if (resident === undefined) return undefined
    await spendLinkCode(tx.db, hash, now)
    return open(tx, resident, 'code', from)
  })
}
