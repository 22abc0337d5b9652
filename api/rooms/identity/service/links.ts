import type { Language } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { newTypedCode } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { requireSelf } from '../policy.ts'
import {
  countTry,
  deleteLink,
  deleteOldCodes,
  findLinkCode,
  findLivingResident,
  lockJoins,
  lockResidents,
  moveResident,
  replaceLinkCode,
  spendLinkCode,
} from '../store/links.ts'
import { type ChatAddress, findLink, findLinks, insertLink } from '../store/residents.ts'

const CODE_LENGTH = 8
const CODE_MS = 10 * 60_000
const TRIES = 5
const DAY_MS = 86_400_000

export type LinkCode = { code: string; expiresAt: string }

/** Eight signs, at most 5 tries a chat in ten minutes: guessing one is 1 in 100 milliards. */
export const codeHash = (ctx: Ctx, code: string): Promise<string> =>
  ctx.ports.sign('link-code', code)

/**
 * A code that joins one more chat to this resident: ten minutes, once. A new one ends the former. Shown as
 * `XXXX-XXXX`; only its HMAC is kept.
 */
export async function linkCode(ctx: Ctx, input: { residentId: string }): Promise<LinkCode> {
  requireSelf(ctx, input.residentId)
  const signs = newTypedCode(CODE_LENGTH, ctx.ports.random)
  const hash = await codeHash(ctx, signs)
  return inTransaction(ctx, async (tx) => {
    const resident = await findLivingResident(tx.db, input.residentId)
    if (resident === undefined) throw new AppError('http.not_found')
    const now = tx.now()
    const expiresAt = new Date(now.getTime() + CODE_MS)
    const residentId = resident.id
    await replaceLinkCode(tx.db, { codeHash: hash, residentId, createdAt: now, expiresAt })
    await audit(tx, {
      action: 'identity.link_code_made',
      subjectKind: 'resident',
      subjectId: residentId,
    })
    return {
      code: `${signs.slice(0, 4)}-${signs.slice(4)}`,
      expiresAt: expiresAt.toISOString(),
    }
  })
}

/** A code as people type it, without the dash; undefined when it cannot be one. */
export function parseLinkCode(text: string): string | undefined {
  const signs = text.toUpperCase().replace(/[\s\-–—._]/g, '')
  return /^[2-9A-HJKMNP-TW-Z]{8}$/.test(signs) ? signs : undefined
}

export type Joined =
  /** `wasJoined`: this chat belonged to that person before. */
  | { outcome: 'joined'; residentId: string; language: Language; wasJoined: boolean }
  /** Not a code, used, or over; `triesLeft` until this chat has to wait. */
  | { outcome: 'wrong'; triesLeft: number }
  | { outcome: 'too_many' }

/**
 * Makes this chat, and everything that its resident had, part of the person who made the code. Whoever calls it has
 * proved the chat (a verified webhook, a web client's secret). Never throws on a wrong code, so that the count of
 * tries is kept. The same code in the same chat again changes nothing. Cases, subscriptions and conversations follow
 * by the event `identity.residents_joined`, data `{from}`.
 */
export async function joinByCode(ctx: Ctx, input: ChatAddress & { code: string }): Promise<Joined> {
  const { channel, chatKey } = input
  const signs = parseLinkCode(input.code)
  const hash = signs === undefined ? undefined : await codeHash(ctx, signs)
  return inTransaction(ctx, async (tx) => {
    const now = tx.now()
    const tries = await countTry(tx.db, { channel, chatKey }, now, CODE_MS)
    if (tries > TRIES) return { outcome: 'too_many' }
    const wrong: Joined = { outcome: 'wrong', triesLeft: TRIES - tries }
    if (hash === undefined) return wrong
    await lockJoins(tx.db)
    const code = await findLinkCode(tx.db, hash)
    if (code === undefined || Date.parse(code.expiresAt) <= now.getTime()) return wrong
    const into = await findLivingResident(tx.db, code.residentId)
    if (into === undefined) return wrong
    const link = await findLink(tx.db, { channel, chatKey })
    const wasJoined = link?.residentId === into.id
    const done: Joined = {
      outcome: 'joined',
      residentId: into.id,
      language: into.language,
      wasJoined,
    }
    // Typed where it was made, the code stays good for the other chat.
    if (wasJoined) return done
    if (code.usedAt !== null) return wrong
    await spendLinkCode(tx.db, hash, now)
    if (link === undefined) await addLink(tx, { channel, chatKey }, into.id)
    else await join(tx, link.residentId, into.id, channel)
    return done
  })
}

async function addLink(tx: Ctx, chat: ChatAddress, residentId: string): Promise<void> {
  const id = tx.newId()
  // The first message of this chat is being handled elsewhere: the person tries again.
  if (!(await insertLink(tx.db, { ...chat, id, residentId, now: tx.now() })))
    throw new AppError('http.conflict')
  await audit(tx, {
    action: 'identity.link_added',
    subjectKind: 'channel_link',
    subjectId: id,
    data: { residentId, channel: chat.channel },
  })
}

async function join(tx: Ctx, fromId: string, intoId: string, channel: string): Promise<void> {
  const rows = await lockResidents(tx.db, [fromId, intoId])
  const from = rows.find(({ id }) => id === fromId)
  const into = rows.find(({ id }) => id === intoId)
  if (from === undefined || into === undefined || into.erasedAt !== null)
    throw new AppError('http.conflict')
  await moveResident(tx.db, from, into, tx.now())
  await audit(tx, {
    action: 'identity.residents_joined',
    subjectKind: 'resident',
    subjectId: intoId,
    data: { from: fromId, channel },
  })
  await appendEvent(tx, {
    kind: 'identity.residents_joined',
    subjectId: intoId,
    data: { from: fromId },
  })
}

/**
 * Takes a chat away from its resident; what they sent from it stays theirs. The next message of the chat is a
 * stranger's. False when no resident had it. Conversations let go by the event `identity.link_removed`.
 */
export async function unlink(ctx: Ctx, input: ChatAddress): Promise<boolean> {
  const { channel, chatKey } = input
  return inTransaction(ctx, async (tx) => {
    const link = await findLink(tx.db, { channel, chatKey })
    if (link === undefined) {
      if (tx.actor.kind === 'anonymous') throw new AppError('http.unauthenticated')
      return false
    }
    requireSelf(tx, link.residentId)
    if ((await deleteLink(tx.db, { channel, chatKey })) === undefined) return false
    await audit(tx, {
      action: 'identity.link_removed',
      subjectKind: 'channel_link',
      subjectId: link.id,
      data: { residentId: link.residentId, channel },
    })
    await appendEvent(tx, {
      kind: 'identity.link_removed',
      subjectId: link.residentId,
      data: { linkId: link.id, channel },
    })
    return true
  })
}

export type LinkView = { id: string; channel: string; state: 'active' | 'gone'; since: string }

/** The own chats for a page; never their addresses. */
export async function listLinks(ctx: Ctx, input: { residentId: string }): Promise<LinkView[]> {
  requireSelf(ctx, input.residentId)
  const rows = await findLinks(ctx.db, input.residentId)
  return rows.map(({ id, channel, state, createdAt }) => ({ id, channel, state, since: createdAt }))
}

/** Like `unlink`, by the id that `listLinks` gives; somebody else's is `http.not_found`. */
export async function unlinkById(
  ctx: Ctx,
  input: { residentId: string; linkId: string },
): Promise<void> {
  requireSelf(ctx, input.residentId)
  const own = await findLinks(ctx.db, input.residentId)
  const link = own.find(({ id }) => id === input.linkId)
  if (link === undefined) throw new AppError('http.not_found')
  await unlink(ctx, link)
}

/** The resident whom a chat belongs to; undefined while nothing is kept about anybody there. */
export const findResidentOfChat = async (
  ctx: Ctx,
  chat: ChatAddress,
): Promise<string | undefined> => (await findLink(ctx.db, chat))?.residentId

/** Under which id and in which language a person lives now, after joins; undefined when unknown or erased. */
export async function findCurrentResident(
  ctx: Ctx,
  residentId: string,
): Promise<{ id: string; language: Language } | undefined> {
  const row = await findLivingResident(ctx.db, residentId)
  return row === undefined ? undefined : { id: row.id, language: row.language }
}

/** Daily: forgets codes and tries of yesterday; returns how many. */
export const purgeLinkCodes = (ctx: Ctx): Promise<number> =>
  deleteOldCodes(ctx.db, new Date(ctx.now().getTime() - DAY_MS))
