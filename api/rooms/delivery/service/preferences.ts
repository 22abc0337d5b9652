import type { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { findCurrentResident, findResidentOfChat, requireSelf } from '../../identity/index.ts'
import { isSilent, WINDOWS } from '../policy/channel.ts'
import { DEFAULT_QUIET, quietLeftMs, ringAt, toHhmm, toMinutes } from '../policy/quiet.ts'
import { type Preferences, PreferencesInput } from '../schema.ts'
import {
  deleteOldInteractions,
  findProfile,
  type Profile,
  saveInteraction,
  saveProfile,
} from '../store/profiles.ts'

const toView = ({ channelOrder, quiet }: Profile): Preferences => ({
  channelOrder: channelOrder as Preferences['channelOrder'],
  quietHours: { from: toHhmm(quiet.from), to: toHhmm(quiet.to) },
})

/** What a resident chose; 21:30 to 06:00 and no order of channels while they chose nothing. */
export async function getPreferences(
  ctx: Ctx,
  input: { residentId: string },
): Promise<Preferences> {
  requireSelf(ctx, input.residentId)
  return toView(await findProfile(ctx.db, input.residentId))
}

/** Changes what is given and leaves the rest. Again changes nothing. */
export async function setPreferences(
  ctx: Ctx,
  input: { residentId: string } & z.input<typeof PreferencesInput>,
): Promise<Preferences> {
  requireSelf(ctx, input.residentId)
  const { residentId, ...wish } = input
  const { channelOrder, quietHours } = parseInput(PreferencesInput, wish)
  return inTransaction(ctx, async (tx) => {
    const resident = await findCurrentResident(tx, residentId)
    if (resident === undefined) throw new AppError('http.not_found')
    const before = await findProfile(tx.db, resident.id)
    const after: Profile = {
      channelOrder: channelOrder ?? before.channelOrder,
      quiet:
        quietHours === undefined
          ? before.quiet
          : { from: toMinutes(quietHours.from), to: toMinutes(quietHours.to) },
    }
    const fields = (['channelOrder', 'quiet'] as const).filter(
      (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
    )
    if (fields.length === 0) return toView(before)
    await saveProfile(tx.db, resident.id, after, tx.now())
    await audit(tx, {
      action: 'delivery.preferences_changed',
      subjectKind: 'resident',
      subjectId: resident.id,
      fields,
    })
    return toView(after)
  })
}

/** The order in which to try a resident's channels; those not named come after. */
export const setChannelOrder = (
  ctx: Ctx,
  input: { residentId: string; channels: Preferences['channelOrder'] },
): Promise<Preferences> =>
  setPreferences(ctx, { residentId: input.residentId, channelOrder: input.channels })

/** Local times between which no phone rings but for danger to life; equal ones: none. */
export const setQuietHours = (
  ctx: Ctx,
  input: { residentId: string; from: string; to: string },
): Promise<Preferences> =>
  setPreferences(ctx, {
    residentId: input.residentId,
    quietHours: { from: input.from, to: input.to },
  })

/**
 * Notes that a person did something in a chat (a message, a press, a follow), for channels that let us write only for
 * a while after that; others are not kept. An older time than the known one changes nothing.
 */
export async function noteInteraction(
  ctx: Ctx,
  input: { channel: string; chatKey: string; at?: Date },
): Promise<void> {
  if (!(input.channel in WINDOWS)) return
  const { channel, chatKey, at = ctx.now() } = input
  await saveInteraction(ctx.db, { channel, chatKey }, at)
}

const KEPT_DAYS = 365
const DAY_MS = 86_400_000

/** Daily: forgets chats that were silent for a year; how many. */
export const purgeInteractions = (ctx: Ctx): Promise<number> =>
  deleteOldInteractions(ctx.db, new Date(ctx.now().getTime() - KEPT_DAYS * DAY_MS))

/** Whether nobody who chose nothing else wants to be rung now. */
export const isQuietTime = (ctx: Pick<Ctx, 'now'>): boolean =>
  quietLeftMs(DEFAULT_QUIET, ctx.now()) > 0

/** When a chat may ring, by the quiet hours of whoever it belongs to. */
export async function chatRingsAt(
  ctx: Ctx,
  chat: { channel: string; chatKey: string },
): Promise<Date> {
  const residentId = await findResidentOfChat(ctx, chat)
  const quiet =
    residentId === undefined ? DEFAULT_QUIET : (await findProfile(ctx.db, residentId)).quiet
  return ringAt(quiet, ctx.now(), isSilent(chat.channel))
}
