import type { Flow, FlowData } from '../../../chat/flow.ts'
import { wordKey } from '../../../chat/match.ts'
import { say } from '../../../chat/message.ts'
import { parsePublicCode } from '../../../core/ids.ts'
import { clean } from '../../../core/text.ts'

/** What a person may do with a case by chat: buttons bring `<act>.<code>`. */
const ACTS = ['add', 'rate', 'reopen', 'withdraw', 'follow', 'unfollow', 'score'] as const
export type CaseAct = (typeof ACTS)[number]

/** JSON only; version of the flow is raised when this changes. */
export type CaseData = {
  act: CaseAct | null
  code: string | null
  words: string | null
  mediaIds: string[]
  score: number | null
  isSure: boolean | null
}

const MAX_WORDS = 500
const RATINGS = ['5', '4', '3', '2', '1'] as const

/** `rate.HUE-XXXX-XXXX`, or `score4.HUE-XXXX-XXXX` for the question after closing. */
function readPayload(payload: unknown): Pick<CaseData, 'act' | 'code' | 'score'> {
  const [, word = '', digit = '', rest = ''] =
    /^([a-z]+)([1-5]?)\.(.+)$/.exec(typeof payload === 'string' ? payload : '') ?? []
  const act = ACTS.find((one) => one === word) ?? null
  const score = digit === '' ? null : Number(digit)
  return { act, code: parsePublicCode(rest) ?? null, score: act === 'score' ? score : null }
}

function nextStep({ act, code, words, mediaIds, score, isSure }: CaseData): string {
  if (act === null || code === null) return 'done'
  switch (act) {
    case 'add':
      return words === null && mediaIds.length === 0 ? 'add' : 'done'
    case 'rate':
      return score === null ? 'rating' : words === null ? 'why' : 'done'
    case 'reopen':
      return words === null ? 'reason' : 'done'
    case 'withdraw':
      return isSure === null ? 'confirm' : 'done'
    default:
      return 'done'
  }
}

const wordsOf = (text: string): string | null => {
  const words = clean(text)
  return /\p{L}/u.test(words) && words.length <= MAX_WORDS ? words : null
}

/** Act on one case: add to it, rate, reopen, withdraw, follow. The use-case decides whether it may be. */
export const caseFlow: Flow<CaseData> = {
  id: 'case',
  version: 1,
  start: (known: FlowData) => ({
    ...readPayload(known.payload),
    words: null,
    mediaIds: [],
    isSure: null,
  }),
  first: nextStep,
  steps: new Map([
    [
      'add',
      {
        ask: ({ code }, { t }) => [
          { ...say(t('incidents:case.add.ask', { code: code ?? '' })), want: 'photo' as const },
        ],
        accept: (content, _data, { t }) => {
          if (content.kind === 'photo') {
            const words = wordsOf(content.caption ?? '')
            return { ok: true, patch: { mediaIds: [...content.mediaIds], words } }
          }
          const words = content.kind === 'text' ? wordsOf(content.text) : null
          return words === null
            ? { ok: false, say: [say(t('incidents:case.add.again', { max: MAX_WORDS }))] }
            : { ok: true, patch: { words } }
        },
        next: nextStep,
      },
    ],
    [
      'rating',
      {
        ask: ({ code }, { t }) => [
          say(
            t('incidents:case.rate.ask', { code: code ?? '' }),
            RATINGS.map((id) => ({ id, label: t(`incidents:score.${id}`) })),
          ),
        ],
        accept: (content, _data, { t }) => {
          const id = content.kind === 'choice' ? content.id : ''
          return RATINGS.some((one) => one === id)
            ? { ok: true, patch: { score: Number(id) } }
            : { ok: false, say: [say(t('incidents:case.rate.again'))] }
        },
        next: nextStep,
      },
    ],
    [
      'why',
      {
        ask: (_data, { t }) => [
          say(t('incidents:case.why.ask'), [{ id: 'skip', label: t('incidents:ask.photos.skip') }]),
        ],
        accept: (content, _data, { t }) => {
          if (content.kind === 'choice' && content.id === 'skip')
            return { ok: true, patch: { words: '' } }
          const words = content.kind === 'text' ? wordsOf(content.text) : null
          return words === null
            ? { ok: false, say: [say(t('incidents:case.why.again', { max: MAX_WORDS }))] }
            : { ok: true, patch: { words } }
        },
        next: nextStep,
      },
    ],
    [
      'reason',
      {
        ask: ({ code }, { t }) => [say(t('incidents:case.reopen.ask', { code: code ?? '' }))],
        accept: (content, _data, { t }) => {
          const words = content.kind === 'text' ? wordsOf(content.text) : null
          return words === null
            ? { ok: false, say: [say(t('incidents:case.why.again', { max: MAX_WORDS }))] }
            : { ok: true, patch: { words } }
        },
        next: nextStep,
      },
    ],
    [
      'confirm',
      {
        ask: ({ code }, { t }) => [
          say(t('incidents:case.withdraw.ask', { code: code ?? '' }), [
            { id: 'yes', label: t('incidents:act.withdraw') },
            { id: 'no', label: t('incidents:case.withdraw.keep') },
          ]),
        ],
        accept: (content, _data, { t }) => {
          const word =
            content.kind === 'choice'
              ? content.id
              : content.kind === 'text'
                ? YES_NO[wordKey(content.text)]
                : undefined
          return word === 'yes' || word === 'no'
            ? { ok: true, patch: { isSure: word === 'yes' } }
            : { ok: false, say: [say(t('incidents:case.withdraw.again'))] }
        },
        next: nextStep,
      },
    ],
  ]),
}

const YES_NO: Readonly<Record<string, 'yes' | 'no'>> = {
  co: 'yes',
  rut: 'yes',
  yes: 'yes',
  khong: 'no',
  ko: 'no',
  no: 'no',
}
