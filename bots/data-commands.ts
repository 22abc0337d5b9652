import { type Choice, type Message, say } from '../api/chat/message.ts'
import type { Ctx } from '../api/context.ts'
import { formatDate, localDate } from '../api/core/time.ts'
import { exportEverything } from '../api/data-requests.ts'
import { eraseResident } from '../api/rooms/identity/index.ts'
import type { Command, CommandChat } from './registry.ts'

/** More cases than this are counted, and named in the whole copy only. */
const CASES_SHOWN = 10

/** A person's rights over their data: a copy, and being forgotten. */
export const dataCommands: readonly Command[] = [
  { intents: ['export'], run: showExport },
  { intents: ['erase'], run: askErase },
  { intents: ['erase_yes'], run: erase },
]

const back = (ctx: Ctx): Choice => ({ id: 'menu', label: ctx.t('menu:privacy.back') })
const nobody = (ctx: Ctx): readonly Message[] => [say(ctx.t('menu:privacy.not_given'), [back(ctx)])]

/** In short here; the whole copy is a file, which the mini-app saves after a sign-in by link code. */
async function showExport(ctx: Ctx, { residentId }: CommandChat): Promise<readonly Message[]> {
  if (residentId === null) return nobody(ctx)
  const all = await exportEverything(ctx, residentId)
  const { incidents } = all.incidents
  const codes = incidents.slice(-CASES_SHOWN).map(({ publicCode }) => publicCode)
  const row = (key: 'since' | 'chats' | 'cases' | 'topics' | 'inbox' | 'said', value: string) => ({
    label: ctx.t(`doors:export.${key}`),
    value,
  })
  const rows = [
    row('since', formatDate(localDate(new Date(all.identity.resident.createdAt)))),
    row('chats', String(all.identity.links.length)),
    row('cases', [String(incidents.length), ...codes].join(' · ')),
    row('topics', all.delivery.subscriptions.map(({ label }) => label).join(', ') || '0'),
    row('inbox', String(all.delivery.inbox.length)),
    row('said', String(all.chats.reduce((n, { said }) => n + said.length, 0))),
  ]
  const whole = ctx.t('doors:export.whole', { url: `${ctx.settings.publicUrl}/` })
  return [
    {
      parts: [
        { kind: 'fields', title: ctx.t('doors:export.title'), rows },
        { kind: 'text', text: whole },
      ],
      choices: [{ id: 'link', label: ctx.t('doors:link.get') }, back(ctx)],
    },
  ]
}

async function askErase(ctx: Ctx, { residentId }: CommandChat): Promise<readonly Message[]> {
  if (residentId === null) return nobody(ctx)
  return [
    say(ctx.t('doors:erase.confirm'), [
      { id: 'erase_yes', label: ctx.t('doors:erase.yes') },
      { id: 'export', label: ctx.t('doors:export.get') },
      { id: 'menu', label: ctx.t('doors:erase.no') },
    ]),
  ]
}

/** Chats, words, subscriptions and the name on cases go by the event; this chat lets go with its next message. */
async function erase(ctx: Ctx, { residentId }: CommandChat): Promise<readonly Message[]> {
  if (residentId === null) return nobody(ctx)
  await eraseResident(ctx, residentId)
  return [say(ctx.t('doors:erase.done'))]
}
