import { say } from '../../../chat/message.ts'
import type { SimilarFact } from './data.ts'
import { again, sideInput, step } from './step.ts'

const FOLLOW = 'f.'

/** One short question when open cases lie near: follow one of them, or send an own report. */
export const similar = step(
  'similar',
  (data, { t }) => [
    say(
      [
        t('incidents:similar.ask'),
        ...data.similar.map(({ code, label }) => `${code}: ${label}`),
      ].join('\n'),
      [
        ...data.similar.map(({ code }) => ({
          id: `${FOLLOW}${code}`,
          label:
            data.similar.length === 1
              ? t('incidents:act.follow')
              : t('incidents:similar.follow', { code }),
        })),
        { id: 'new', label: t('incidents:similar.new') },
      ],
    ),
  ],
  (content, data, ctx) => {
    if (content.kind === 'choice') {
      if (content.id === 'new') return { ok: true, patch: { isConfirmed: true } }
      const chosen = data.similar.find(({ code }) => content.id === `${FOLLOW}${code}`)
      if (chosen !== undefined)
        return { ok: true, patch: { followCode: chosen.code, isConfirmed: true } }
    }
    return sideInput(content, data, ctx, 'similar') ?? again(ctx, 'incidents:similar.again')
  },
)

const isFact = (value: unknown): value is SimilarFact =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  typeof value.code === 'string' &&
  'label' in value &&
  typeof value.label === 'string'

/** What was looked up for a running report; anything malformed is as if nothing were near. */
export const readSimilar = (value: unknown): SimilarFact[] =>
  Array.isArray(value) ? value.filter(isFact) : []
