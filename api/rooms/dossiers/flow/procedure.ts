import type { Flow } from '../../../chat/flow.ts'
import { say } from '../../../chat/message.ts'
import { LIFE_EVENTS, type LifeEvent } from '../policy/life-events.ts'

export type ProcedureData = {
  words: string | null
  code: string | null
  lifeEvent: LifeEvent | null
}

const EVENT = 'event-'
const eventOf = (id: string): LifeEvent | null =>
  LIFE_EVENTS.find((event) => id === `${EVENT}${event}`) ?? null

/** What a paper needs: by its code from a button, by words, or by what happens in life. */
export const procedureFlow: Flow<ProcedureData> = {
  id: 'procedure',
  version: 2,
  start: (known) => {
    const payload = typeof known.payload === 'string' ? known.payload : null
    const lifeEvent = payload === null ? null : eventOf(payload)
    return {
      lifeEvent,
      code: lifeEvent === null ? payload : null,
      words: typeof known.words === 'string' ? known.words : null,
    }
  },
  first: ({ code, words, lifeEvent }) =>
    code === null && words === null && lifeEvent === null ? 'words' : 'done',
  steps: new Map([
    [
      'words',
      {
        ask: (_data, { t }) => [
          say(
            t('dossiers:ask.procedure'),
            LIFE_EVENTS.map((event) => ({
              id: `${EVENT}${event}`,
              label: t(`dossiers:life.${event}`),
            })),
          ),
        ],
        accept: (content, _data, { t }) => {
          if (content.kind === 'text') return { ok: true, patch: { words: content.text } }
          const lifeEvent = content.kind === 'choice' ? eventOf(content.id) : null
          return lifeEvent === null
            ? { ok: false, say: [say(t('dossiers:ask.procedure.again'))] }
            : { ok: true, patch: { lifeEvent } }
        },
        next: () => 'done',
      },
    ],
  ]),
}
