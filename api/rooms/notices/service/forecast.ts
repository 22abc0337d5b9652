import type { Ctx } from '../../../context.ts'
import { type ChannelLimits, LIMITS } from '../../../db/pace.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { areaLabel } from '../../alerts/index.ts'
import { notifyChat } from '../../conversations/index.ts'
import { isQuietTime, sizeAudience } from '../../delivery/index.ts'
import { chatsOfOfficials } from '../../identity/index.ts'
import { noticeMessage } from '../messages.ts'
import { forecast } from '../policy/forecast.ts'
import type { NoticeForecast } from '../schema.ts'
import type { NoticeRow } from '../store.ts'
import { note, open } from './draft.ts'
import { audienceOf, noticeUrl } from './send.ts'

/** Calls a second that a channel allows all together; null: no limit of its own. */
function perSecondOf(channel: string): number | null {
  const limits: Partial<Record<string, ChannelLimits>> = LIMITS
  const all = limits[channel]?.all
  if (all === undefined) return null
  return ('slots' in all ? all.slots : all.limit) / (all.windowMs / 1_000)
}

/** Whom a notice would reach if it began now, and when the first, the half and the last have it. Nothing is written. */
export async function forecastNotice(ctx: Ctx, id: string): Promise<NoticeForecast> {
  return inTransaction(ctx, async (tx) => {
    const { row } = await open(tx, id)
    const { channels, inboxOnly } = await sizeAudience(tx, {
      audience: await audienceOf(tx, row),
      isLifeSafety: row.isEmergency,
    })
    const loads = channels.map((one) => ({ ...one, perSecond: perSecondOf(one.channel) }))
    const startsAt = startOf(row, tx.now())
    const times = forecast(loads, startsAt)
    const reached = loads.reduce((sum, { recipients }) => sum + recipients, 0)
    return {
      recipients: reached + inboxOnly,
      channels: loads,
      inboxOnly,
      startsAt: startsAt.toISOString(),
      firstAt: times?.firstAt.toISOString() ?? null,
      halfAt: times?.halfAt.toISOString() ?? null,
      lastAt: times?.lastAt.toISOString() ?? null,
      isQuiet: !row.isEmergency && isQuietTime({ now: () => startsAt }),
      isTooLate: times !== undefined && times.lastAt > new Date(row.expiresAt),
      messages: await wordings(tx, row),
    }
  })
}

function startOf({ sendAt }: NoticeRow, now: Date): Date {
  const planned = sendAt === null ? now : new Date(sendAt)
  return planned < now ? now : planned
}

async function wordings(tx: Ctx, row: NoticeRow) {
  const place = await areaLabel(tx, row.area)
  return (['vi', 'en'] as const).map((language) => ({
    language,
    message: noticeMessage(tx.translate(language), { row, language, place }, noticeUrl(tx, row.id)),
  }))
}

/** Sends a draft to the official's own chats, as residents would get it. To how many chats. */
export async function testNotice(ctx: Ctx, id: string): Promise<{ chats: number }> {
  return inTransaction(ctx, async (tx) => {
    const { row, me } = await open(tx, id)
    const chats = await chatsOfOfficials(tx, [me.officialId])
    const worded = await wordings(tx, row)
    for (const { channel, chatKey, language } of chats) {
      const message = worded.find((one) => one.language === language)?.message
      if (message === undefined) continue
      const dedupeKey = `notice-test:${tx.newId()}`
      await notifyChat(tx, {
        ...{ channel, chatKey, language, message, dedupeKey },
        lane: 'notice',
      })
    }
    await note(tx, row.id, 'notices.tested', { chats: chats.length })
    return { chats: chats.length }
  })
}
