import { type Choice, type Message, say, text } from '../api/chat/message.ts'
import type { Ctx } from '../api/context.ts'
import {
  consentTextView,
  currentConsentText,
  hasConsent,
  withdrawConsent,
} from '../api/rooms/identity/index.ts'
import { hotlinesMessage } from './emergency.ts'
import type { Knowledge } from './knowledge.ts'
import type { Command, CommandChat } from './registry.ts'

const PURPOSE = 'report'

/** What the chat answers at once by itself, whatever rooms there are. */
export const builtInCommands = (knowledge: Knowledge): readonly Command[] => [
  {
    intents: ['contact'],
    run: async (ctx) => {
      const message = await hotlinesMessage(ctx, knowledge)
      const person = { id: 'person', label: ctx.t('menu:likely.person') }
      return [{ ...message, choices: [person, back(ctx)] }]
    },
  },
  { intents: ['privacy'], run: showPrivacy },
  { intents: ['privacy_withdraw'], run: withdrawPrivacy },
]

const back = (ctx: Ctx): Choice => ({ id: 'menu', label: ctx.t('menu:privacy.back') })

/** The text that is agreed to, whether it was, and the way to take it back. */
async function showPrivacy(ctx: Ctx, chat: CommandChat): Promise<readonly Message[]> {
  const { residentId } = chat
  const given = residentId !== null && (await hasConsent(ctx, { residentId, purpose: PURPOSE }))
  const rights = [
    { id: 'export', label: ctx.t('doors:export.get') },
    { id: 'erase', label: ctx.t('doors:erase.get') },
  ]
  if (!given) {
    const more = residentId === null ? [] : rights
    return [say(ctx.t('menu:privacy.not_given'), [...more, back(ctx)])]
  }
  const { body } = consentTextView(await currentConsentText(ctx.db, PURPOSE), ctx.language)
  const withdraw = { id: 'privacy_withdraw', label: ctx.t('menu:privacy.withdraw') }
  return [
    {
      parts: [text(body), text(ctx.t('menu:privacy.given'))],
      choices: [withdraw, ...rights, back(ctx)],
    },
  ]
}

async function withdrawPrivacy(ctx: Ctx, chat: CommandChat): Promise<readonly Message[]> {
  const { residentId } = chat
  if (residentId === null) return [say(ctx.t('menu:privacy.not_given'), [back(ctx)])]
  await withdrawConsent(ctx, { residentId, purpose: PURPOSE })
  return [say(ctx.t('menu:privacy.withdrawn'), [back(ctx)])]
}
