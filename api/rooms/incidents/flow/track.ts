import type { Flow, FlowData } from '../../../chat/flow.ts'
import { say } from '../../../chat/message.ts'
import { parsePublicCode } from '../../../core/ids.ts'
import { SHIPPED_PHONES } from '../messages/phones.ts'

export type TrackData = { code: string | null }

const readCode = (value: unknown): string | null =>
  typeof value === 'string' ? (parsePublicCode(value) ?? null) : null

const nextStep = (data: TrackData) => (data.code === null ? 'code' : 'done')

/** Follow a case: a code, given or asked for. */
export const trackFlow: Flow<TrackData> = {
  id: 'track',
  version: 1,
  start: (known: FlowData) => ({ code: readCode(known.code) ?? readCode(known.payload) }),
  first: nextStep,
  steps: new Map([
    [
      'code',
      {
        ask: (_data, { t }) => [say(t('incidents:track.ask'))],
        accept: (content, _data, { t, facts }) => {
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
