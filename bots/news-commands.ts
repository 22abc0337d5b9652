import type { Choice, Message, Part } from '../api/chat/message.ts'
import { say, text } from '../api/chat/message.ts'
import type { Ctx } from '../api/context.ts'
import { AppError } from '../api/core/errors.ts'
import { isUuid } from '../api/core/ids.ts'
import { formatDateTime } from '../api/core/time.ts'
import {
  getPreferences,
  listInbox,
  listSubscriptions,
  markRead,
  setChannelOrder,
  setQuietHours,
  stopAll,
  stopMessage,
  topicKindIn,
  unsubscribe,
  type WhyAnswer,
  whyDidIGetThis,
} from '../api/rooms/delivery/index.ts'
import { listLinks } from '../api/rooms/identity/index.ts'
import { asKey } from '../locales/index.ts'
import { wishOf } from './doors.ts'
import type { Command, CommandChat } from './registry.ts'

const INBOX_SHOWN = 5
const EXCERPT = 160
/** Buttons that end one topic each; further ones are reached once these are gone. */
const ENDINGS = 4
const QUIET_CHOICES = ['21:30-06:00', '20:00-07:00', '22:30-05:00'] as const

/** What the chat says about messages that come by themselves: which, why, when, where, and no more. */
export const newsCommands: readonly Command[] = [
  { intents: ['stop'], run: async (ctx, chat) => [stopMessage(ctx.t, await stopAll(ctx, chat))] },
  { intents: ['unsubscribe', 'subscriptions'], run: showSubscriptions },
  { intents: ['inbox'], run: showInbox },
  { intents: ['why'], run: tellWhy },
  { intents: ['quiet'], run: changeQuiet },
  { intents: ['quiet_off'], run: (ctx, chat) => changeQuiet(ctx, { ...chat, payload: 'none' }) },
  { intents: ['channel'], run: changeChannel },
]

const choice = (ctx: Ctx, id: string, key: string): Choice => ({ id, label: ctx.t(asKey(key)) })
const back = (ctx: Ctx): Choice => choice(ctx, 'menu', 'menu:privacy.back')
const nothing = (ctx: Ctx, key: string): readonly Message[] => [
  say(ctx.t(asKey(key)), [choice(ctx, 'subscribe', 'delivery:stop.undo'), back(ctx)]),
]

/** "Thôi báo không khí": the one own topic that the words name, so that it ends without a second question. */
function namedIn<T extends { kind: string }>(own: readonly T[], words: string): T | undefined {
  if (wishOf(words) !== 'unsubscribe') return undefined
  const kind = topicKindIn(words)
  const meant = own.filter((topic) => topic.kind === kind)
  return meant.length === 1 ? meant[0] : undefined
}

async function showSubscriptions(
  ctx: Ctx,
  { residentId, payload, words }: CommandChat,
): Promise<readonly Message[]> {
  if (residentId === null) return nothing(ctx, 'doors:news.none')
  const before = await listSubscriptions(ctx, { residentId })
  const ended = before.find(({ id }) => id === payload) ?? namedIn(before, words)
  if (ended !== undefined) await unsubscribe(ctx, { residentId, topic: ended })
  const said = ended === undefined ? [] : [ctx.t('doors:news.ended', { topic: ended.label })]
  const own = before.filter((topic) => topic !== ended)
  if (own.length === 0)
    return nothing(ctx, 'doors:news.none').map((message) => ({
      ...message,
      parts: [...said.map(text), ...message.parts],
    }))
  const lines = own.map(({ label, place, levelLabel, onlyLifeSafety }) => {
    const topic = ctx.t('doors:subscribe.topic', { kind: label, place })
    const line = `• ${[topic, levelLabel].filter(Boolean).join(', ')}`
    return onlyLifeSafety ? `${line} (${ctx.t('doors:news.urgent_only')})` : line
  })
  const endings = own.slice(0, ENDINGS).map(({ id, label }) => ({
    id: `unsubscribe.${id}`,
    label: ctx.t('doors:news.end', { topic: label }),
  }))
  const all = [
    choice(ctx, 'stop', 'doors:news.stop_all'),
    choice(ctx, 'subscribe', 'doors:news.more'),
  ]
  const parts = [...said, `${ctx.t('doors:news.own')}\n${lines.join('\n')}`].map(text)
  return [{ parts, choices: [...endings, ...all] }]
}

const wordsOf = (parts: readonly Part[]): string => {
  const all = parts.map((part) => (part.kind === 'text' ? part.text : '')).join(' ')
  return all.length > EXCERPT ? `${all.slice(0, EXCERPT)}…` : all
}

async function showInbox(ctx: Ctx, { residentId }: CommandChat): Promise<readonly Message[]> {
  if (residentId === null) return nothing(ctx, 'doors:inbox.empty')
  const { items } = await listInbox(ctx, { residentId, limit: INBOX_SHOWN })
  if (items.length === 0) return nothing(ctx, 'doors:inbox.empty')
  await markRead(ctx, { residentId })
  const rows = items.map(({ at, label, parts }) => ({
    label: `${formatDateTime(new Date(at))} · ${label}`,
    value: wordsOf(parts),
  }))
  const choices = [choice(ctx, 'subscriptions', 'doors:news.list'), back(ctx)]
  return [{ parts: [{ kind: 'fields', title: ctx.t('doors:inbox.title'), rows }], choices }]
}

/** By the item or the dispatch that a button names; without one, of the last message that came by itself. */
async function findWhy(ctx: Ctx, residentId: string, ref: string | undefined) {
  const [last] = ref === undefined ? (await listInbox(ctx, { residentId, limit: 1 })).items : []
  const id = ref ?? last?.id
  if (id === undefined || !isUuid(id)) return undefined
  for (const asked of [{ inboxId: id }, { dispatchId: id }]) {
    try {
      return await whyDidIGetThis(ctx, asked)
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'http.not_found')) throw error
    }
  }
  return undefined
}

async function tellWhy(
  ctx: Ctx,
  { residentId, payload }: CommandChat,
): Promise<readonly Message[]> {
  const answer = residentId === null ? undefined : await findWhy(ctx, residentId, payload)
  if (residentId === null || answer === undefined) return nothing(ctx, 'doors:why.unknown')
  const choices = [
    ...(await endingsOf(ctx, residentId, answer.why)),
    choice(ctx, 'quiet', 'doors:quiet.change'),
    choice(ctx, 'subscriptions', 'doors:news.list'),
  ]
  return [say(answer.text, choices)]
}

/** The own topics that brought a message. */
async function endingsOf(ctx: Ctx, residentId: string, why: WhyAnswer['why']): Promise<Choice[]> {
  if (why.by !== 'subscription') return []
  const own = await listSubscriptions(ctx, { residentId })
  return own
    .filter(({ kind }) => kind === why.kind)
    .slice(0, ENDINGS - 1)
    .map(({ id, label }) => ({
      id: `unsubscribe.${id}`,
      label: ctx.t('doors:news.end', { topic: label }),
    }))
}

async function changeQuiet(
  ctx: Ctx,
  { residentId, payload }: CommandChat,
): Promise<readonly Message[]> {
  if (residentId === null) return nothing(ctx, 'doors:news.none')
  const wish = payload === 'none' ? '00:00-00:00' : QUIET_CHOICES.find((hours) => hours === payload)
  if (wish !== undefined) {
    const [from = '', to = ''] = wish.split('-')
    await setQuietHours(ctx, { residentId, from, to })
  }
  const { from, to } = (await getPreferences(ctx, { residentId })).quietHours
  const now = from === to ? ctx.t('doors:quiet.none') : ctx.t('doors:quiet.now', { from, to })
  if (wish !== undefined) return [say(now, [back(ctx)])]
  const hours = QUIET_CHOICES.map((id) => ({ id: `quiet.${id}`, label: id.replace('-', ' – ') }))
  const none = choice(ctx, 'quiet.none', 'doors:quiet.off')
  return [say(`${now} ${ctx.t('doors:quiet.ask')}`, [...hours, none])]
}

const channelName = (ctx: Ctx, channel: string) => ctx.t(asKey(`doors:channel.${channel}`))

async function changeChannel(
  ctx: Ctx,
  { residentId, payload }: CommandChat,
): Promise<readonly Message[]> {
  if (residentId === null) return nothing(ctx, 'doors:news.none')
  const KNOWN = ['zalo-oa', 'telegram', 'zalo-bot', 'web'] as const
  const links = await listLinks(ctx, { residentId })
  const own = KNOWN.filter((id) => links.some((l) => l.channel === id && l.state === 'active'))
  const first = own.find((id) => id === payload)
  if (first !== undefined) {
    await setChannelOrder(ctx, { residentId, channels: [first] })
    return [say(ctx.t('doors:channel.done', { channel: channelName(ctx, first) }), [back(ctx)])]
  }
  const choices = own.map((id) => ({ id: `channel.${id}`, label: channelName(ctx, id) }))
  return [say(ctx.t('doors:channel.ask'), [...choices, choice(ctx, 'link', 'doors:link.more')])]
}
