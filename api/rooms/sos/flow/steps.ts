import type { Accepted, FlowContext, Step } from '../../../chat/flow.ts'
import type { Content } from '../../../chat/inbound.ts'
import { menuNumber } from '../../../chat/match.ts'
import { type Message, say } from '../../../chat/message.ts'
import { clean, truncate } from '../../../core/text.ts'
import { VULNERABLE } from '../schema.ts'
import {
  nextStep,
  placeFrom,
  readVulnerable,
  type SosData,
  type StepName,
  toPlace,
} from './data.ts'

const MAX_PLACE_WORDS = 200
const COUNTS = [1, 2, 3, 4, 5] as const
const HAMLET = 'h.'
const CANDIDATE = 'c.'
const PEOPLE = 'p.'
const KIND = 'k.'

type Patch = Partial<SosData>
type Ask = (data: SosData, ctx: FlowContext) => Message
/** What an answer means for this question; undefined: nothing that it asked for. */
type Read = (content: Content, data: SosData, ctx: FlowContext) => Patch | undefined

/** What anything that was sent tells, whatever was asked. */
function heard(content: Content, data: SosData, { facts }: FlowContext): Patch {
  switch (content.kind) {
    case 'location': {
      const [near] = facts.places
      const { lng, lat } = content.at
      const label = near?.label ?? content.label ?? `${lat.toFixed(5)}, ${lng.toFixed(5)}`
      const place = { ...(near === undefined ? { label } : toPlace(near)), at: { lng, lat } }
      return { place, candidates: [] }
    }
    case 'contact':
      return { phone: content.phone }
    case 'photo':
    case 'text': {
      const words = content.kind === 'text' ? content.text : (content.caption ?? '')
      const kinds = readVulnerable([...data.vulnerable, ...(facts.vulnerable ?? [])])
      return {
        fresh: words.trim() === '' ? data.fresh : [...data.fresh, words],
        freshMedia: content.kind === 'photo' ? [...content.mediaIds] : [],
        ...(facts.people === undefined ? {} : { people: facts.people }),
        ...(facts.found?.depthCm === undefined ? {} : { depthCm: facts.found.depthCm }),
        vulnerable: kinds,
        ...placeFrom(facts.places),
      }
    }
    default:
      return {}
  }
}

/** One question: whatever comes is kept and goes on; only what is no message at all is asked again. */
function step(name: StepName, ask: Ask, read: Read): [StepName, Step<SosData>] {
  return [
    name,
    {
      ask: (data, ctx) => [ask(data, ctx)],
      accept(content, data, ctx): Accepted<SosData> {
        if (content.kind === 'choice' && (content.id === 'safe' || content.id === 'mistake'))
          return { ok: true, patch: { ended: content.id === 'safe' ? 'safe' : 'withdrawn' } }
        const patch = { ...heard(content, data, ctx), ...read(content, data, ctx) }
        // A photo alone is kept, and answers no question.
        if (content.kind === 'photo' && (content.caption ?? '').trim() === '')
          return { ok: true, patch }
        const asked = data.asked.includes(name) ? data.asked : [...data.asked, name]
        return { ok: true, patch: { ...patch, asked } }
      },
      next: nextStep,
    },
  ]
}

const ownWords = (content: Content, { facts }: FlowContext): Patch =>
  content.kind === 'text' && facts.places.length === 0
    ? { placeWords: truncate(clean(content.text), MAX_PLACE_WORDS) }
    : {}

/** Both at once, in the words that everybody uses; no list here, so that "4" can only be people. */
const where = step(
  'where',
  (_data, { t }) => ({ ...say(t('sos:ask.where')), want: 'location' }),
  (content, _data, ctx) => {
    const count = content.kind === 'text' ? menuNumber(content.text) : undefined
    if (count !== undefined) return { people: count }
    return ctx.facts.people === undefined ? ownWords(content, ctx) : undefined
  },
)

const place = step(
  'place',
  (data, { t, facts }) => {
    const known = data.candidates.length > 0 ? data.candidates : facts.hamlets
    const choices = known.map(({ label }, i) => ({
      id: `${data.candidates.length > 0 ? CANDIDATE : HAMLET}${i}`,
      label,
    }))
    return { ...say(t('sos:ask.place'), choices), want: 'location' }
  },
  (content, data, ctx) => {
    if (content.kind !== 'choice') return ownWords(content, ctx)
    const list = content.id.startsWith(CANDIDATE) ? data.candidates : ctx.facts.hamlets
    const chosen = list[Number(content.id.slice(HAMLET.length))]
    return chosen === undefined ? undefined : { place: toPlace(chosen), candidates: [] }
  },
)

const people = step(
  'people',
  (_data, { t }) =>
    say(
      t('sos:ask.people'),
      COUNTS.map((count) => ({ id: `${PEOPLE}${count}`, label: t('sos:ask.people.n', { count }) })),
    ),
  (content) => {
    const count =
      content.kind === 'choice'
        ? Number(content.id.slice(PEOPLE.length))
        : content.kind === 'text'
          ? menuNumber(content.text)
          : undefined
    return count === undefined || !Number.isInteger(count) ? undefined : { people: count }
  },
)

const vulnerable = step(
  'vulnerable',
  (_data, { t }) =>
    say(t('sos:ask.vulnerable'), [
      ...VULNERABLE.map((kind) => ({ id: `${KIND}${kind}`, label: t(`sos:kind.${kind}`) })),
      { id: 'none', label: t('sos:ask.vulnerable.none') },
    ]),
  (content) =>
    content.kind === 'choice'
      ? { vulnerable: readVulnerable([content.id.slice(KIND.length)]) }
      : undefined,
)

/** Nothing more is asked: everything that is said is added, until it is over. */
const standing = step(
  'standing',
  (_data, { t }) =>
    say(t('sos:standing'), [
      { id: 'safe', label: t('sos:standing.safe') },
      { id: 'mistake', label: t('sos:standing.mistake') },
    ]),
  (content, _data, ctx) => (content.kind === 'text' ? placeFrom(ctx.facts.places) : undefined),
)

export const STEPS: ReadonlyMap<string, Step<SosData>> = new Map([
  where,
  place,
  people,
  vulnerable,
  standing,
])
