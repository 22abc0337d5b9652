import type { Language } from '../../../../locales/index.ts'
import type { Message } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import type { Lane } from '../../../db/outbox.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { findCurrentResident, type Link, linkFor } from '../../identity/index.ts'
import { asPush } from '../messages.ts'
import { chooseChannel, isSilent } from '../policy/channel.ts'
import { isOwnStep, laneOf, outboxKey, whyOf } from '../policy/kinds.ts'
import { ringAt } from '../policy/quiet.ts'
import type { Kind, TopicKind, Why } from '../schema.ts'
import { findInboxIdByKey, insertInboxItem, insertOutbox, setInboxOutbox } from '../store/inbox.ts'
import { findInteractions, findProfile } from '../store/profiles.ts'
import { hasSubscription } from '../store/subscriptions.ts'

export type Delivery = {
  residentId: string
  kind: Kind
  lane: Lane
  /** Words it in the resident's language. Choice ids are intents (`track_report`) or `<intent>.<payload>`. */
  message: (language: Language) => Message
  /** The same key again is the same message: nothing is added. */
  dedupeKey: string
  expiresAt?: Date
  /** Rings through quiet hours, as an alert, and may use a channel that costs. */
  isLifeSafety?: boolean
  /** Left out: the own case for steps, a subscription for topics. */
  why?: Why
  /** The channel that this began in: used when the person chose no order of channels. */
  channel?: string
}

export type Delivered =
  | { outcome: 'queued'; inboxId: string; channel: string; runAt: Date }
  /** Only in the inbox: no chat reaches them now, or it would be over before a phone may ring. */
  | { outcome: 'inbox'; inboxId: string; reason: 'no_channel' | 'quiet_until_expiry' }
  | { outcome: 'repeat'; inboxId: string }
  /** Nothing was kept: erased or unknown person, topic stopped meanwhile, already over. */
  | { outcome: 'none'; reason: 'nobody' | 'unsubscribed' | 'expired' }

/**
 * Brings one message to one person, in the open transaction: always into the inbox, and by the chat that suits now.
 * For rooms, not for people: whoever calls it has authorised what it says.
 */
export async function deliver(ctx: Ctx, input: Delivery): Promise<Delivered> {
  const { kind, dedupeKey, expiresAt = null, isLifeSafety = false } = input
  const why = input.why ?? whyOf(kind)
  return inTransaction(ctx, async (tx) => {
    const now = tx.now()
    if (expiresAt !== null && expiresAt <= now) return { outcome: 'none', reason: 'expired' }
    const resident = await findCurrentResident(tx, input.residentId)
    if (resident === undefined) return { outcome: 'none', reason: 'nobody' }
    const { id: residentId, language } = resident
    if (why.by === 'subscription' && !isOwnStep(kind)) {
      if (!(await hasSubscription(tx.db, residentId, kind as TopicKind, isLifeSafety)))
        return { outcome: 'none', reason: 'unsubscribed' }
    }
    const id = tx.newId()
    const { isDemo } = tx.settings
    const message = asPush(tx.translate(language), input.message(language), { ref: id, isDemo })
    const item = { residentId, kind, message, language, why, dedupeKey, isLifeSafety }
    const inboxId = await insertInboxItem(tx.db, { ...item, id, at: now, expiresAt })
    if (inboxId === undefined) return { outcome: 'repeat', inboxId: await keyOwner(tx, dedupeKey) }
    const mayPay = isLifeSafety || isOwnStep(kind)
    const from = input.channel === undefined ? {} : { from: input.channel }
    const way = await findWay(tx, {
      residentId,
      isLifeSafety,
      mayPay,
      hasBrief: message.brief !== undefined,
      ...from,
    })
    if (way === undefined) return { outcome: 'inbox', inboxId, reason: 'no_channel' }
    const { link, runAt } = way
    if (expiresAt !== null && runAt >= expiresAt)
      return { outcome: 'inbox', inboxId, reason: 'quiet_until_expiry' }
    await sendBy(tx, link, {
      inboxId,
      dedupeKey: outboxKey(inboxId),
      lane: laneOf(input.lane, isLifeSafety, runAt > now),
      message,
      language,
      runAt,
      expiresAt,
    })
    return { outcome: 'queued', inboxId, channel: link.channel, runAt }
  })
}

async function keyOwner(tx: Ctx, dedupeKey: string): Promise<string> {
  const id = await findInboxIdByKey(tx.db, dedupeKey)
  if (id === undefined) throw new AppError('http.conflict')
  return id
}

export type Way = { link: Link; runAt: Date }

/** The chat for a resident now and when it may ring there; `from` is preferred, `except` has just failed. */
export async function findWay(
  tx: Ctx,
  wish: {
    residentId: string
    isLifeSafety: boolean
    mayPay: boolean
    from?: string
    /** It can be said by a template. */
    hasBrief?: boolean
    except?: { channel: string; chatKey: string }
  },
): Promise<Way | undefined> {
  const { residentId, isLifeSafety, mayPay, from, except, hasBrief } = wish
  const all = await linkFor(tx, residentId)
  const links = all
    .filter((l) => l.channel !== except?.channel || l.chatKey !== except.chatKey)
    .map((link) => ({ ...link, state: 'active' as const }))
  const { channelOrder, quiet } = await findProfile(tx.db, residentId)
  const interactions = await findInteractions(tx.db, links)
  const now = tx.now()
  const order = from === undefined ? channelOrder : [...channelOrder, from]
  const { templateChannels = [] } = tx.settings
  const options = { mayPay, templateChannels: hasBrief ? templateChannels : [] }
  const link = chooseChannel(links, order, interactions, now, options)
  if (link === undefined) return undefined
  return { link, runAt: ringAt(quiet, now, isLifeSafety || isSilent(link.channel)) }
}

/** Puts an item's message on its way and notes it as the one that is under way; its outbox id. */
export async function sendBy(
  tx: Ctx,
  link: { channel: string; chatKey: string },
  mail: {
    inboxId: string
    dedupeKey: string
    lane: Lane
    message: Message
    language: Language
    runAt: Date
    expiresAt: Date | null
  },
): Promise<string> {
  const { inboxId, ...row } = mail
  const { channel, chatKey } = link
  const id = tx.newId()
  await insertOutbox(tx.db, { ...row, id, channel, chatKey, now: tx.now() })
  await setInboxOutbox(tx.db, inboxId, id)
  tx.afterCommit(() => tx.ports.wake('outbox'))
  return id
}
