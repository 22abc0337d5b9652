import type { Flow, FlowData } from '../../../chat/flow.ts'
import { say } from '../../../chat/message.ts'
import { parsePublicCode } from '../../../core/ids.ts'
import { SHIPPED_PHONES } from '../messages/phones.ts'
import type { SimilarFact } from './data.ts'
import { readSimilar } from './similar.ts'

/** `own`: cases of this chat's person, offered so that nobody needs the code. */
export type TrackData = { code: string | null; own: SimilarFact[] }

const readCode = (value: unknown): string | null =>
  typeof value === 'string' ? (parsePublicCode(value) ?? null) : null

const nextStep = (data: TrackData) => (data.code === null ? 'code' : 'done')

/** Follow a case: a code, given or asked for. */
export const trackFlow: Flow<TrackData> = {
  id: 'track',
  version: 2,
  start: (known: FlowData) => ({
    code: readCode(known.code) ?? readCode(known.payload),
    own: readSimilar(known.own),
  }),
  first: nextStep,
  steps: new Map([
    [
      'code',
      {
        ask: ({ own }, { t }) =>
          own.length === 0
            ? [say(t('incidents:track.ask'))]
            : [
                say(
                  t('incidents:track.ask.own'),
                  own.map(({ code, label }) => ({ id: `o.${code}`, label })),
                ),
              ],
        accept: (content, { own }, { t, facts }) => {
          const chosen =
            content.kind === 'choice'
              ? own.find(({ code }) => content.id === `o.${code}`)
              : undefined
          if (chosen !== undefined) return { ok: true, patch: { code: chosen.code } }

          const typed = content.kind === 'text' ? readCode(content.text) : null
          const code = typed ?? readCode(facts.code)
          return code === null
            ? { ok: false, say: [say(t('incidents:track.again', SHIPPED_PHONES))] }
            : { ok: true, patch: { code } }
        },
        next: nextStep,
      },
    ],
  ]),
}
