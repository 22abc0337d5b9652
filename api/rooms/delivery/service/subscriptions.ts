import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { findHamlet, listHamlets, unitByCode } from '../../areas/index.ts'
import {
  findCurrentResident,
  findResidentOfChat,
  giveConsent,
  hasConsent,
  requireSelf,
} from '../../identity/index.ts'
import { kindLabel, levelText, placeText } from '../messages.ts'
import {
  LIFE_SAFETY_KINDS,
  SubscribeInput,
  type SubscriptionView,
  TOPIC_KINDS,
  Topic,
} from '../schema.ts'
import { addCounts, movedFrom } from '../store/counts.ts'
import { cancelPlanned } from '../store/dispatch.ts'
import { type Halt, haltOutbox } from '../store/inbox.ts'
import {
  deleteSubscription,
  findSubscriptions,
  hasSubscription,
  type SubscriptionRow,
  saveSubscription,
  stopSubscriptions,
} from '../store/subscriptions.ts'

/** More topics than anybody reads; bounds one person's rows. */
const MAX_TOPICS = 40

/** Unit and hamlet exist today and belong together; else `http.invalid_input` with the field. */
async function checkPlace(ctx: Ctx, { unitCode, hamletId }: Topic): Promise<void> {
  const refuse = (path: string) => {
    throw new AppError('http.invalid_input', {
      issues: [{ path: `topic.${path}`, code: 'custom' }],
    })
  }
  if (unitCode === undefined) return
  if (unitByCode(unitCode) === undefined) refuse('unitCode')
  if (hamletId === undefined) return
  const hamlets = await listHamlets(ctx.db, unitCode, ctx.now())
  if (!hamlets.some(({ id }) => id === hamletId)) refuse('hamletId')
}

/**
 * Subscribes a resident to a kind of message for a place. Needs their consent to `notify`: held already, or given with
 * this call. Again changes nothing; after a stop it makes the topic whole again. Throws `identity.consent_missing`,
 * `identity.consent_stale`, `delivery.too_many_topics`. True when something changed.
 */
export async function subscribe(ctx: Ctx, input: SubscribeInput): Promise<boolean> {
  requireSelf(ctx, input.residentId)
  const { residentId: given, topic, consent } = parseInput(SubscribeInput, input)
  return inTransaction(ctx, async (tx) => {
    const resident = await findCurrentResident(tx, given)
    if (resident === undefined) throw new AppError('http.not_found')
    const residentId = resident.id
    await checkPlace(tx, topic)
    if (consent !== undefined) await giveConsent(tx, { residentId, purpose: 'notify', ...consent })
    else if (!(await hasConsent(tx, { residentId, purpose: 'notify' })))
      throw new AppError('identity.consent_missing')
    const known = await findSubscriptions(tx.db, residentId)
    if (known.length >= MAX_TOPICS && !known.some((row) => isTopic(row, topic)))
      throw new AppError('delivery.too_many_topics', { params: { max: MAX_TOPICS } })
    const row = { id: tx.newId(), residentId, topic, now: tx.now() }
    if (!(await saveSubscription(tx.db, row))) return false
    await audit(tx, {
      action: 'delivery.subscribed',
      subjectKind: 'resident',
      subjectId: residentId,
      data: { kind: topic.kind, unitCode: topic.unitCode ?? null },
    })
    return true
  })
}

const isTopic = (row: SubscriptionRow, { kind, unitCode, hamletId }: Topic): boolean =>
  row.kind === kind && row.unitCode === (unitCode ?? null) && row.hamletId === (hamletId ?? null)

/**
 * Ends one topic, its urgent messages too. What waits of its kind is taken back unless it concerns life. False when it
 * was not there.
 */
export async function unsubscribe(
  ctx: Ctx,
  input: { residentId: string; topic: Topic },
): Promise<boolean> {
  const { residentId } = input
  requireSelf(ctx, residentId)
  const topic = parseInput(Topic, input.topic)
  return inTransaction(ctx, async (tx) => {
    if ((await deleteSubscription(tx.db, residentId, topic)) === undefined) return false
    if (!(await hasSubscription(tx.db, residentId, topic.kind, false)))
      await takeBack(tx, residentId, { kinds: [topic.kind], withLifeSafety: false })
    await audit(tx, {
      action: 'delivery.unsubscribed',
      subjectKind: 'resident',
      subjectId: residentId,
      data: { kind: topic.kind, unitCode: topic.unitCode ?? null },
    })
    return true
  })
}

/** What is planned or waits in the outbox for a resident goes nowhere. */
export async function takeBack(tx: Ctx, residentId: string, halt: Halt): Promise<void> {
  await haltOutbox(tx.db, residentId, halt, tx.now())
  for (const { dispatchId, cell } of await cancelPlanned(tx.db, residentId, halt))
    await addCounts(tx.db, dispatchId, movedFrom('planned', [cell]))
}

/** The own topics, worded for a page or a chat. */
export async function listSubscriptions(
  ctx: Ctx,
  input: { residentId: string },
): Promise<SubscriptionView[]> {
  requireSelf(ctx, input.residentId)
  const rows = await findSubscriptions(ctx.db, input.residentId)
  return Promise.all(
    rows.map(async (row) => {
      const { id, kind, unitCode, hamletId, onlyLifeSafety, minLevel, createdAt } = row
      const hamlet = hamletId === null ? undefined : await findHamlet(ctx.db, hamletId)
      return {
        id,
        kind,
        label: kindLabel(ctx.t, kind),
        ...(unitCode === null ? {} : { unitCode }),
        ...(hamletId === null ? {} : { hamletId }),
        place: placeText(ctx.t, unitCode ?? undefined, hamlet),
        onlyLifeSafety,
        minLevel,
        levelLabel: levelText(ctx.t, kind, minLevel),
        since: localDate(new Date(createdAt)),
      }
    }),
  )
}

export type Stopped = {
  /** Topics that ended or now bring urgent messages only. */
  ended: number
  /** Topics left for urgent messages about danger to life. */
  kept: number
}

/**
 * The one-word stop of a chat: ends every topic of its resident; those that may concern life keep their urgent
 * messages, and steps of own cases still come (`stopMessage` says so). What waits is taken back at once. The caller
 * has proved the chat; a chat of nobody stops nothing. Again changes nothing.
 */
export async function stopAll(
  ctx: Ctx,
  input: { channel: string; chatKey: string },
): Promise<Stopped> {
  return inTransaction(ctx, async (tx) => {
    const residentId = await findResidentOfChat(tx, input)
    if (residentId === undefined) return { ended: 0, kept: 0 }
    if (tx.actor.kind !== 'anonymous') requireSelf(tx, residentId)
    return stopResident(tx, residentId, input.channel)
  })
}

/** The same from a page, where the person is signed in. */
export async function stopOwn(ctx: Ctx, input: { residentId: string }): Promise<Stopped> {
  requireSelf(ctx, input.residentId)
  return inTransaction(ctx, (tx) => stopResident(tx, input.residentId, 'web'))
}

async function stopResident(tx: Ctx, residentId: string, channel: string): Promise<Stopped> {
  const { ended, narrowed } = await stopSubscriptions(tx.db, residentId, LIFE_SAFETY_KINDS)
  const kept = (await findSubscriptions(tx.db, residentId)).length
  if (ended + narrowed > 0) {
    await takeBack(tx, residentId, { kinds: TOPIC_KINDS, withLifeSafety: false })
    await audit(tx, {
      action: 'delivery.stopped',
      subjectKind: 'resident',
      subjectId: residentId,
      data: { channel, ended, narrowed },
    })
  }
  return { ended: ended + narrowed, kept }
}
