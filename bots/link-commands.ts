import { type Choice, type Message, say } from '../api/chat/message.ts'
import type { Ctx } from '../api/context.ts'
import {
  joinByCode,
  joinOfficialChat,
  linkCode,
  residentForChat,
  unlink,
} from '../api/rooms/identity/index.ts'
import { asKey, type Language } from '../locales/index.ts'
import type { Command, CommandChat } from './registry.ts'

/** One person, many chats: a code made in one and typed in another. */
export const linkCommands: readonly Command[] = [
  { intents: ['link'], run: makeCode },
  { intents: ['join'], run: askOrJoin },
  { intents: ['join_yes'], run: join },
  { intents: ['unlink'], run: askUnlink },
  { intents: ['unlink_yes'], run: removeLink },
]

const back = (ctx: Ctx): Choice => ({ id: 'menu', label: ctx.t('menu:privacy.back') })

/** Whoever asks for a code wants to be kept: their resident is made here, if there is none yet. */
async function makeCode(ctx: Ctx, chat: CommandChat): Promise<readonly Message[]> {
  const { channel, chatKey } = chat
  const { id: residentId } = await residentForChat(ctx, {
    channel,
    chatKey,
    language: ctx.language,
  })
  const as: Ctx = { ...ctx, actor: { kind: 'resident', residentId } }
  const { code } = await linkCode(as, { residentId })
  return [
    say(ctx.t('doors:link.code', { code })),
    say(ctx.t('doors:link.how'), [{ id: 'unlink', label: ctx.t('doors:unlink.ask') }, back(ctx)]),
  ]
}

/**
 * An official's code makes this chat theirs. A chat that has something of its own is asked first: what it has becomes
 * the other person's too.
 */
async function askOrJoin(ctx: Ctx, chat: CommandChat): Promise<readonly Message[]> {
  const { channel, chatKey, residentId, payload = '' } = chat
  const name = await joinOfficialChat(ctx, { channel, chatKey, code: payload })
  if (name !== undefined) return [say(ctx.t('sos:official.joined', { name }), [back(ctx)])]
  if (residentId === null) return join(ctx, chat)
  return [
    say(ctx.t('doors:join.confirm'), [
      { id: `join_yes.${payload}`, label: ctx.t('doors:join.yes') },
      { id: 'menu', label: ctx.t('doors:join.no') },
    ]),
  ]
}

async function join(ctx: Ctx, chat: CommandChat): Promise<readonly Message[]> {
  const { channel, chatKey, payload = '' } = chat
  const joined = await joinByCode(ctx, { channel, chatKey, code: payload })
  const t = (language: Language) => ctx.translate(language)
  switch (joined.outcome) {
    case 'joined': {
      const key = joined.wasJoined ? 'doors:join.again' : 'doors:join.done'
      return [
        say(t(ctx.language)(asKey(key)), [
          { id: 'track_report', label: ctx.t('menu:item.track_report') },
          { id: 'channel', label: ctx.t('doors:channel.change') },
          back(ctx),
        ]),
      ]
    }
    case 'wrong':
      return [say(ctx.t('doors:join.wrong', { tries: joined.triesLeft }), [back(ctx)])]
    case 'too_many':
      return [say(ctx.t('doors:join.too_many'), [back(ctx)])]
  }
}

async function askUnlink(ctx: Ctx, { residentId }: CommandChat): Promise<readonly Message[]> {
  if (residentId === null) return [say(ctx.t('doors:unlink.none'), [back(ctx)])]
  const yes = { id: 'unlink_yes', label: ctx.t('doors:unlink.yes') }
  return [say(ctx.t('doors:unlink.confirm'), [yes, back(ctx)])]
}

async function removeLink(ctx: Ctx, chat: CommandChat): Promise<readonly Message[]> {
  const { channel, chatKey, residentId } = chat
  const isDone = residentId !== null && (await unlink(ctx, { channel, chatKey }))
  return [say(ctx.t(isDone ? 'doors:unlink.done' : 'doors:unlink.none'), [back(ctx)])]
}
