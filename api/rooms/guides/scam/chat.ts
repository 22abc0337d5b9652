import type { FlowEntry, FlowMeta } from '../../../chat/entry.ts'
import type { Flow, FlowData } from '../../../chat/flow.ts'
import { type Message, say } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { readPatterns } from './policy/patterns.ts'
import { readMessage } from './policy/subjects.ts'
import { SCAM_TEXT_MAX, type ScamAnswer } from './schema.ts'
import { checkScam, reportScam } from './service.ts'

/** `checked`: the words that were answered already. */
type ScamData = { words: string | null; checked: string | null; wish: 'report' | 'done' | null }

const cut = (text: string): string => text.slice(0, SCAM_TEXT_MAX)

/** Something to look at: an address, a number, an account, or words of a known fraud. */
const holdsSomething = (text: string): boolean => {
  const message = readMessage(text)
  return message.subjects.length > 0 || readPatterns(message.words).length > 0
}

/** Whether a message is a scam; then one button reports it. */
const scamFlow: Flow<ScamData> = {
  id: 'scam',
  version: 1,
  start: ({ words }) => ({
    words: typeof words === 'string' && holdsSomething(words) ? cut(words) : null,
    checked: null,
    wish: null,
  }),
  first: ({ words }) => (words === null ? 'words' : 'after'),
  steps: new Map([
    [
      'words',
      {
        ask: (_data, { t }) => [say(t('guides:scam.ask'))],
        accept: (content, _data, { t }) =>
          content.kind === 'text'
            ? { ok: true, patch: { words: cut(content.text) } }
            : { ok: false, say: [say(t('guides:scam.ask.again'))] },
        next: () => 'after',
      },
    ],
    [
      'after',
      {
        ask: (_data, { t }) => [
          say(t('guides:scam.after'), [
            { id: 'report', label: t('guides:scam.choice.report') },
            { id: 'done', label: t('guides:scam.choice.done') },
          ]),
        ],
        accept: (content, _data, { t }) => {
          if (content.kind === 'choice' && (content.id === 'report' || content.id === 'done'))
            return { ok: true, patch: { wish: content.id } }
          return content.kind === 'text' && holdsSomething(content.text)
            ? { ok: true, patch: { words: cut(content.text) } }
            : { ok: false, say: [say(t('guides:scam.after.again'))] }
        },
        next: ({ wish }) => (wish === null ? 'after' : 'done'),
      },
    ],
  ]),
}

/** A chat is one asker, whoever writes in it. */
const remoteOf = ({ channel, chatKey }: FlowMeta): string => `${channel}:${chatKey}`

/** "Có dấu hiệu lừa đảo. …" with why, what to do now, and whom to call. */
function answerMessage({ t }: Ctx, { headline, reasons, advice, calls }: ScamAnswer): Message {
  const lines = [headline, ...reasons.map((reason) => `- ${reason}`), '', ...advice]
  const rows = calls.map(({ name, phone }) => ({ label: name, value: phone }))
  return {
    parts: [
      { kind: 'text', text: lines.join('\n') },
      ...(rows.length === 0
        ? []
        : [{ kind: 'fields' as const, title: t('guides:scam.calls'), rows }]),
    ],
  }
}

/** Answers new words once, while the flow waits for what to do with them. */
async function keep(ctx: Ctx, data: FlowData, meta: FlowMeta) {
  const { words, checked } = data as ScamData
  if (words === null || words === checked) return { data, say: [] }
  const answer = await checkScam(ctx, { text: words }, remoteOf(meta))
  return { data: { ...data, checked: words }, say: [answerMessage(ctx, answer)] }
}

async function finish(ctx: Ctx, data: FlowData, meta: FlowMeta): Promise<readonly Message[]> {
  const { words, wish } = data as ScamData
  if (wish !== 'report' || words === null) return []
  await reportScam(ctx, { text: words }, remoteOf(meta))
  return [say(ctx.t('guides:scam.reported'), [{ id: 'menu', label: ctx.t('menu:privacy.back') }])]
}

export const scamEntry: FlowEntry<Ctx> = {
  flow: scamFlow as Flow,
  intents: ['scam_check'],
  readsOnly: true,
  keep,
  standing: 'after',
  finish,
}
