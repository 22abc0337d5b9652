import type { FlowEntry } from '../../api/chat/entry.ts'
import type { Accepted, Flow, FlowContext, FlowData } from '../../api/chat/flow.ts'
import { type Choice, say } from '../../api/chat/message.ts'
import type { Ctx } from '../../api/context.ts'

/** A small flow with every kind of step: a list, free text, photos that may be skipped, a look over it. */
export type SampleData = {
  consentVersion?: number
  kind: string | null
  words: string | null
  photos: string[]
  isLookedOver: boolean
}

const KINDS: readonly Choice[] = [
  { id: 'road', label: 'Đường hư' },
  { id: 'light', label: 'Đèn tắt' },
  { id: 'h.0199c0de-1111-7abc-8def-000000000001', label: 'Thôn Phước Yên' },
]
const no = (_ctx: FlowContext): Accepted<SampleData> => ({ ok: false, say: [say('again')] })

const next = (data: SampleData) => {
  if (data.kind === null) return 'kind'
  if (data.words === null) return 'words'
  return data.isLookedOver ? 'done' : 'review'
}

export const sampleFlow: Flow<SampleData> = {
  id: 'sample',
  version: 3,
  start: (known: FlowData) => ({
    kind: null,
    words: typeof known.description === 'string' ? known.description : null,
    photos: [],
    isLookedOver: false,
  }),
  first: next,
  steps: new Map([
    [
      'kind',
      {
        ask: () => [say('kind?', KINDS)],
        accept: (content, _data, ctx) =>
          content.kind === 'choice' ? { ok: true, patch: { kind: content.id } } : no(ctx),
        next,
      },
    ],
    [
      'words',
      {
        ask: () => [say('words?')],
        accept: (content, _data, ctx) =>
          content.kind === 'text' && content.text.trim() !== ''
            ? { ok: true, patch: { words: content.text }, goTo: 'photos' }
            : no(ctx),
        next,
      },
    ],
    [
      'photos',
      {
        ask: () => [{ ...say('photos?', [{ id: 'skip', label: 'Bỏ qua' }]), want: 'photo' }],
        accept: (content, data, ctx) => {
          if (content.kind === 'photo')
            return { ok: true, patch: { photos: [...data.photos, ...content.mediaIds] } }
          return content.kind === 'choice' ? { ok: true, patch: {} } : no(ctx)
        },
        next,
      },
    ],
    [
      'review',
      {
        ask: (data) => [
          say(`${data.kind}: ${data.words}`, [
            { id: 'send', label: 'Gửi' },
            { id: 'edit', label: 'Sửa' },
            { id: 'cancel', label: 'Không gửi' },
          ]),
        ],
        accept: (content, _data, ctx) => {
          if (content.kind !== 'choice') return no(ctx)
          return content.id === 'edit'
            ? { ok: true, patch: {}, goTo: 'words' }
            : { ok: true, patch: { isLookedOver: true } }
        },
        next,
      },
    ],
  ]),
}

/** The sample flow as a room would give it; `finish` is the test's own. */
export const sampleEntry = (finish: FlowEntry<Ctx>['finish']): FlowEntry<Ctx> => ({
  flow: sampleFlow,
  intents: ['report_incident'],
  finish,
})
