import type { Flow } from '../../../chat/flow.ts'
import { say } from '../../../chat/message.ts'

export type ProcedureData = { words: string | null; code: string | null }

/** What a paper needs: by its code from a button, or by words. */
export const procedureFlow: Flow<ProcedureData> = {
  id: 'procedure',
  version: 1,
  start: (known) => ({
    code: typeof known.payload === 'string' ? known.payload : null,
    words: typeof known.words === 'string' ? known.words : null,
  }),
  first: ({ code, words }) => (code === null && words === null ? 'words' : 'done'),
  steps: new Map([
    [
      'words',
      {
        ask: (_data, { t }) => [say(t('dossiers:ask.procedure'))],
        accept: (content, _data, { t }) =>
          content.kind === 'text'
            ? { ok: true, patch: { words: content.text } }
            : { ok: false, say: [say(t('dossiers:ask.procedure.again'))] },
        next: () => 'done',
      },
    ],
  ]),
}
