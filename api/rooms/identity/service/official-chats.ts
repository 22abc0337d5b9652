import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid, newTypedCode } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { type Action, can, type OfficialActor, type Resource, requireOfficial } from '../policy.ts'
import { countTry } from '../store/links.ts'
import {
  deleteOfficialChat,
  deleteOldChatCodes,
  findAllOfficialChats,
  findOfficialChats,
  findOfficialOfChat,
  putOfficialChat,
  replaceChatCode,
  spendChatCode,
} from '../store/official-chats.ts'
import { findOfficialById } from '../store/officials.ts'
import type { ChatAddress } from '../store/residents.ts'
import { type LinkCode, parseLinkCode } from './links.ts'
import { toOfficial } from './officials.ts'
import { findOnDuty } from './roster.ts'

const CODE_LENGTH = 8
const CODE_MS = 10 * 60_000
const TRIES = 5

const hashOf = (ctx: Ctx, signs: string): Promise<string> =>
  ctx.ports.sign('official-chat-code', signs)

/** A code that makes a chat the own one: ten minutes, once; only its HMAC is kept. A new one ends the former. */
export async function makeOfficialChatCode(ctx: Ctx): Promise<LinkCode> {
  const { officialId } = requireOfficial(ctx)
  const signs = newTypedCode(CODE_LENGTH, ctx.ports.random)
  const codeHash = await hashOf(ctx, signs)
  return inTransaction(ctx, async (tx) => {
    const now = tx.now()
    const expiresAt = new Date(now.getTime() + CODE_MS)
    await replaceChatCode(tx.db, { codeHash, officialId, createdAt: now, expiresAt })
    await audit(tx, {
      action: 'identity.official_chat_code_made',
      subjectKind: 'official',
      subjectId: officialId,
    })
    const code = `${signs.slice(0, 4)}-${signs.slice(4)}`
    return { code, expiresAt: expiresAt.toISOString() }
  })
}

/**
 * Makes a chat an official's own if `code` is one of theirs; their name, undefined when it is no such code (or this chat
 * has tried too often). The channel has proved the chat.
 */
export async function joinOfficialChat(
  ctx: Ctx,
  input: ChatAddress & { code: string },
): Promise<string | undefined> {
  const { channel, chatKey } = input
  const signs = parseLinkCode(input.code)
  if (signs === undefined) return undefined
  const codeHash = await hashOf(ctx, signs)
  return inTransaction(ctx, async (tx) => {
    const now = tx.now()
    const counted = { channel: `${channel}#official`, chatKey }
    if ((await countTry(tx.db, counted, now, CODE_MS)) > TRIES) return undefined
    const officialId = await spendChatCode(tx.db, codeHash, now)
    const row = officialId === undefined ? undefined : await findOfficialById(tx.db, officialId)
    if (row === undefined || row.disabledAt !== null) return undefined
    const id = tx.newId()
    await putOfficialChat(tx.db, { id, channel, chatKey, officialId: row.id, createdAt: now })
    await audit(tx, {
      action: 'identity.official_chat_added',
      subjectKind: 'official_chat',
      subjectId: id,
      data: { officialId: row.id, channel },
    })
    return row.displayName
  })
}

/** The enabled official whose chat this is, with the rights of now; undefined for everybody else. */
export async function officialOfChat(
  ctx: Ctx,
  chat: ChatAddress,
): Promise<OfficialActor | undefined> {
  const row = await findOfficialOfChat(ctx.db, chat)
  if (row === undefined) return undefined
  const { id, roles, capabilities, unitCode, agencyCode } = toOfficial(row)
  return { kind: 'official', officialId: id, roles, capabilities, unitCode, agencyCode }
}

export type OfficialChatView = { id: string; channel: string; since: string }

/** The own chats for a page; never their addresses. */
export async function listOfficialChats(ctx: Ctx): Promise<OfficialChatView[]> {
  const { officialId } = requireOfficial(ctx)
  const rows = await findOfficialChats(ctx.db, [officialId])
  return rows.map(({ id, channel, createdAt }) => ({ id, channel, since: createdAt }))
}

/** Takes an own chat off; somebody else's is `http.not_found`. */
export async function removeOfficialChat(ctx: Ctx, input: { id: string }): Promise<void> {
  const { officialId } = requireOfficial(ctx)
  await inTransaction(ctx, async (tx) => {
    const own = { id: input.id, officialId }
    if (!isUuid(own.id) || !(await deleteOfficialChat(tx.db, own)))
      throw new AppError('http.not_found')
    await audit(tx, {
      action: 'identity.official_chat_removed',
      subjectKind: 'official_chat',
      subjectId: own.id,
      data: { officialId },
    })
  })
}

export type Reachable = { officialId: string; language: 'vi' | 'en' } & ChatAddress

/** The chats of officials by id, for rooms that have something to tell them. */
export async function chatsOfOfficials(
  ctx: Ctx,
  officialIds: readonly string[],
): Promise<Reachable[]> {
  const rows = await findOfficialChats(ctx.db, officialIds)
  return rows.map(({ officialId, language, channel, chatKey }) => ({
    officialId,
    language,
    channel,
    chatKey,
  }))
}

/** Everybody who watches one of these units now (null: the city's desk), with every chat of their own. */
export async function reachOnDuty(
  ctx: Ctx,
  unitCodes: readonly (string | null)[],
): Promise<{ onDuty: string[]; chats: Reachable[] }> {
  const shifts = await Promise.all(unitCodes.map((unitCode) => findOnDuty(ctx, unitCode)))
  const onDuty = [...new Set(shifts.flat().map(({ officialId }) => officialId))]
  return { onDuty, chats: await chatsOfOfficials(ctx, onDuty) }
}

/** An official's chat with the rights of now. */
export type ReachableOfficial = Reachable & { actor: OfficialActor }

/** Every official who can be written to. */
export async function listReachable(ctx: Ctx): Promise<ReachableOfficial[]> {
  const rows = await findAllOfficialChats(ctx.db, ctx.now())
  return rows.map((row) => {
    const { id: officialId, roles, capabilities, unitCode, agencyCode } = toOfficial(row)
    const lent = row.approvesForOthers && !roles.includes('approver') ? ['approver' as const] : []
    const { language, channel, chatKey } = row
    return {
      ...{ officialId, language, channel, chatKey },
      actor: {
        kind: 'official',
        officialId,
        roles: [...roles, ...lent],
        capabilities,
        unitCode,
        agencyCode,
      },
    }
  })
}

/**
 * Those of them to tell about a resource: whom it is assigned to, else the office whose right it is, else the city's
 * desk, which reaches everything.
 */
export function pickEntitled<R extends ReachableOfficial>(
  all: readonly R[],
  action: Action,
  resource: Resource,
): R[] {
  const entitled = all.filter(({ actor }) => can(actor, action, resource))
  const { assigneeId } = resource
  const own = entitled.filter(({ officialId }) => officialId === assigneeId)
  if (own.length > 0) return own
  const office = entitled.filter(
    ({ actor }) => actor.unitCode !== null || actor.agencyCode !== null,
  )
  return office.length > 0 ? office : entitled
}

const DAY_MS = 86_400_000

/** Daily: forgets codes that ended a day ago; how many. */
export const purgeOfficialChatCodes = (ctx: Ctx): Promise<number> =>
  deleteOldChatCodes(ctx.db, new Date(ctx.now().getTime() - DAY_MS))
