import type { Language } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { endAllSessions } from '../lucia.ts'
import { requireSelf } from '../policy.ts'
import { type ConsentRow, closeConsents, findConsents } from '../store/consents.ts'
import {
  type ChatAddress,
  deleteLinks,
  deleteResident,
  eraseResidentRow,
  findLink,
  findLinks,
  findResident,
  findResidentNames,
  insertLink,
  insertResident,
  type LinkRow,
  PROOF_CHANNELS,
  type ResidentRow,
  setLinkState,
  setResidentLanguage,
} from '../store/residents.ts'

export type Resident = { id: string; language: Language; displayName: string | null }
/** A chat that reaches a resident, and the language to speak there. */
export type Link = ChatAddress & { id: string; language: Language }

const toResident = ({ id, language, displayName }: ResidentRow): Resident => ({
  id,
  language,
  displayName,
})

async function getResident(ctx: Ctx, residentId: string): Promise<ResidentRow> {
  const row = await findResident(ctx.db, residentId)
  if (row === undefined) throw new AppError('http.not_found')
  return row
}

/**
 * The resident who writes from a chat, made at the first message. Two first messages at once make one. A person who
 * writes again is reachable again, and is spoken to in the language of their last chat.
 */
export async function residentForChat(
  ctx: Ctx,
  chat: ChatAddress & { language: Language },
): Promise<Resident> {
  return inTransaction(ctx, async (tx) => {
    const known = await findLink(tx.db, chat)
    if (known !== undefined) return welcomeBack(tx, chat, known)
    const now = tx.now()
    const made = await insertResident(tx.db, {
      id: tx.newId(),
      language: chat.language,
      createdAt: now,
    })
    const { channel, chatKey } = chat
    const link = { id: tx.newId(), residentId: made.id, channel, chatKey, now }
    if (!(await insertLink(tx.db, link))) {
      await deleteResident(tx.db, made.id)
      const winner = await findLink(tx.db, chat)
      if (winner === undefined) throw new AppError('http.conflict')
      return welcomeBack(tx, chat, winner)
    }
    await audit(tx, {
      action: 'identity.resident_created',
      subjectKind: 'resident',
      subjectId: made.id,
      data: { channel },
    })
    return toResident(made)
  })
}

async function welcomeBack(
  tx: Ctx,
  chat: ChatAddress & { language: Language },
  link: LinkRow,
): Promise<Resident> {
  const resident = await getResident(tx, link.residentId)
  if (link.state === 'gone' && (await setLinkState(tx.db, chat, 'active', tx.now()))) {
    await audit(tx, {
      action: 'identity.link_back',
      subjectKind: 'channel_link',
      subjectId: link.id,
      fields: ['state'],
    })
  }
  if (resident.language === chat.language) return toResident(resident)
  await setResidentLanguage(tx.db, resident.id, chat.language)
  await audit(tx, {
    action: 'identity.language_changed',
    subjectKind: 'resident',
    subjectId: resident.id,
    fields: ['language'],
    data: { language: chat.language },
  })
  return { ...toResident(resident), language: chat.language }
}

const PROOFS: ReadonlySet<string> = new Set(PROOF_CHANNELS)

/** The chats in which a resident can be reached now, the last used first; none after erasure. */
export async function linkFor(ctx: Ctx, residentId: string): Promise<Link[]> {
  const resident = await findResident(ctx.db, residentId)
  if (resident === undefined) return []
  const { language } = resident
  return (await findLinks(ctx.db, residentId))
    .filter(({ state, channel }) => state === 'active' && !PROOFS.has(channel))
    .map(({ id, channel, chatKey }) => ({ id, channel, chatKey, language }))
}

/** Notes that a channel refuses this chat for good (blocked, deleted); an unknown or gone chat changes nothing. */
export async function markLinkGone(ctx: Ctx, chat: ChatAddress): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const id = await setLinkState(tx.db, chat, 'gone', tx.now())
    if (id === undefined) return
    await audit(tx, {
      action: 'identity.link_gone',
      subjectKind: 'channel_link',
      subjectId: id,
      fields: ['state'],
    })
  })
}

/** Notes that a chat that was gone takes messages again (unblocked, followed anew); any other changes nothing. */
export async function markLinkActive(ctx: Ctx, chat: ChatAddress): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const id = await setLinkState(tx.db, chat, 'active', tx.now())
    if (id === undefined) return
    await audit(tx, {
      action: 'identity.link_back',
      subjectKind: 'channel_link',
      subjectId: id,
      fields: ['state'],
    })
  })
}

export type ResidentExport = {
  resident: Omit<ResidentRow, 'erasedAt'>
  links: Omit<LinkRow, 'residentId'>[]
  consents: Omit<ConsentRow, 'residentId'>[]
}

/** What this room keeps about a resident, for them. Throws `http.not_found`. */
export async function exportResident(ctx: Ctx, residentId: string): Promise<ResidentExport> {
  requireSelf(ctx, residentId)
  return inTransaction(ctx, async (tx) => {
    const { erasedAt: _, ...resident } = await getResident(tx, residentId)
    const links = await findLinks(tx.db, residentId)
    const consents = await findConsents(tx.db, residentId)
    await audit(tx, {
      action: 'identity.resident_exported',
      subjectKind: 'resident',
      subjectId: residentId,
    })
    return {
      resident,
      links: links.map(({ residentId: _own, ...link }) => link),
      consents: consents.map(({ residentId: _own, ...consent }) => consent),
    }
  })
}

/**
 * Takes the person out of this room: name, chats, sessions; consents end and stay as proof under an id that no longer
 * leads to anybody. Rooms to the right clear theirs on the event. Again changes nothing.
 */
export async function eraseResident(ctx: Ctx, residentId: string): Promise<void> {
  requireSelf(ctx, residentId)
  await inTransaction(ctx, async (tx) => {
    await getResident(tx, residentId)
    const now = tx.now()
    if (!(await eraseResidentRow(tx.db, residentId, now))) return
    await deleteLinks(tx.db, residentId)
    await endAllSessions(tx, { kind: 'resident', id: residentId })
    await closeConsents(tx.db, residentId, undefined, now)
    await audit(tx, {
      action: 'identity.resident_erased',
      subjectKind: 'resident',
      subjectId: residentId,
      fields: ['displayName', 'erasedAt'],
    })
    await appendEvent(tx, { kind: 'identity.resident_erased', subjectId: residentId })
  })
}

/** Names that residents gave, by id. The caller asks for the right to see people, and audits. */
export async function residentNames(
  ctx: Ctx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const rows = await findResidentNames(ctx.db, ids)
  return new Map(rows.map(({ id, displayName }) => [id, displayName]))
}
