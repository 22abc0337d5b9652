import type { Accepted, Flow, FlowContext, FlowData, Step } from '../../../chat/flow.ts'
import type { Content, PlaceFact } from '../../../chat/inbound.ts'
import { type Choice, say } from '../../../chat/message.ts'
import { clean, truncate } from '../../../core/text.ts'

type Lesson = { id: string; title: string }
type Own = { id: string; text: string; label: string }

/** `lessons` and `own` are looked up at the start. */
export type HelpData = {
  lessons: Lesson[]
  own: Own[]
  /** First lesson that is offered, where there are more than fit. */
  from: number
  /** Null: something else, or not asked yet (`hasLesson`). */
  lessonId: string | null
  hasLesson: boolean
  forWhom: 'self' | 'relative' | null
  hamletId: string | null
  place: string | null
  phone: string | null
  hasPhone: boolean
  preferred: string | null
  /** A request that is called off instead. */
  drops: string | null
  wantsAnother: boolean
  consentVersion: number | null
  declined: boolean
  offered: number | null
  body: string
}

type Consent = { version: number; given: boolean; body: string }
/** Lessons on one screen of buttons, beside "more" and "something else". */
const PAGE = 4
/** As in the room's schema, which carries a validator along. */
const PLACE_MIN = 2
const PLACE_MAX = 200
const PREFERRED = ['any', 'morning', 'afternoon', 'evening', 'weekend'] as const
const PHONE = /(?:\+?84|0)(?:[\s.()-]?\d){8,10}(?!\d)/

function next(data: HelpData): string {
  if (data.drops !== null) return 'done'
  if (data.own.length > 0 && !data.wantsAnother) return 'own'
  if (!data.hasLesson) return 'lesson'
  if (data.forWhom === null) return 'whom'
  if (data.hamletId === null) return 'hamlet'
  if (data.place === null) return 'place'
  if (!data.hasPhone) return 'phone'
  if (data.preferred === null) return 'when'
  return data.consentVersion === null && !data.declined ? 'consent' : 'done'
}

function start(known: FlowData): HelpData {
  const consent = known.consent as Consent | undefined
  const list = <T>(value: unknown): T[] => (Array.isArray(value) ? value : [])
  const lessons = list<Lesson>(known.lessons)
  const asked = lessons.find(({ id }) => id === known.payload)
  return {
    lessons,
    own: list(known.own),
    from: 0,
    lessonId: asked?.id ?? null,
    // Without lessons there is nothing to choose.
    hasLesson: asked !== undefined || lessons.length === 0,
    forWhom: null,
    hamletId: null,
    place: null,
    phone: null,
    hasPhone: false,
    preferred: null,
    drops: null,
    wantsAnother: false,
    consentVersion: consent?.given === true ? consent.version : null,
    declined: false,
    offered: consent?.version ?? null,
    body: consent?.body ?? '',
  }
}

type Question = { text: string; choices?: Choice[]; want?: 'phone' }
type Take = (content: Content, data: HelpData, ctx: FlowContext) => Partial<HelpData> | undefined

/** A question; what `take` does not understand is asked again. */
function step(ask: (data: HelpData, ctx: FlowContext) => Question, take: Take): Step<HelpData> {
  return {
    ask: (data, ctx) => {
      const { text, choices, want } = ask(data, ctx)
      return [{ ...say(text, choices), ...(want === undefined ? {} : { want }) }]
    },
    accept: (content, data, ctx): Accepted<HelpData> => {
      const { choices } = ask(data, ctx)
      const isStrange =
        content.kind === 'choice' && !(choices ?? []).some(({ id }) => id === content.id)
      const patch = isStrange ? undefined : take(content, data, ctx)
      if (patch !== undefined) return { ok: true, patch }
      const again = choices === undefined ? 'guides:help.again.words' : 'guides:help.again'
      return { ok: false, say: [say(ctx.t(again))] }
    },
    next,
  }
}

const pressed = (content: Content): string | undefined =>
  content.kind === 'choice' ? content.id : undefined

/** A question whose answers are all among its buttons. */
const choose = (
  ask: (data: HelpData, ctx: FlowContext) => Question,
  take: (id: string, data: HelpData) => Partial<HelpData>,
) =>
  step(ask, (content, data) => {
    const id = pressed(content)
    return id === undefined ? undefined : take(id, data)
  })

const own = choose(
  (data, { t }) => ({
    text: `${t('guides:help.ask.own')}\n${data.own.map(({ text }) => `• ${text}`).join('\n')}`,
    choices: [
      ...data.own.map(({ id, label }) => ({
        id: `drop-${id}`,
        label: t('guides:help.choice.drop', { what: label }),
      })),
      { id: 'another', label: t('guides:help.choice.another') },
    ],
  }),
  (id) => (id === 'another' ? { wantsAnother: true } : { drops: id.slice('drop-'.length) }),
)

const lesson = choose(
  ({ lessons, from }, { t }) => ({
    text: t('guides:help.ask.lesson'),
    choices: [
      ...lessons.slice(from, from + PAGE).map(({ id, title }) => ({ id: `l-${id}`, label: title })),
      ...(from + PAGE < lessons.length ? [{ id: 'more', label: t('guides:choice.more') }] : []),
      { id: 'other', label: t('guides:help.other') },
    ],
  }),
  (id, { from }) =>
    id === 'more'
      ? { from: from + PAGE }
      : { lessonId: id === 'other' ? null : id.slice('l-'.length), hasLesson: true },
)

const whom = choose(
  (_data, { t }) => ({
    text: t('guides:help.ask.whom'),
    choices: (['self', 'relative'] as const).map((id) => ({
      id,
      label: t(`guides:help.for.${id}`),
    })),
  }),
  (id) => ({ forWhom: id === 'relative' ? 'relative' : 'self' }),
)

/** Only hamlets of the home commune have a team here. */
const knownHamlet = (hamlets: readonly PlaceFact[], found: readonly PlaceFact[]) => {
  const own = found.filter(({ hamletId }) => hamlets.some((one) => one.hamletId === hamletId))
  const [first, second] = own
  return second === undefined ? first?.hamletId : undefined
}

const hamlet = step(
  (_data, { t, facts }) => ({
    text: t('guides:help.ask.hamlet'),
    choices: facts.hamlets.map(({ label }, i) => ({ id: `h-${i}`, label })),
  }),
  (content, _data, { facts }) => {
    const id = pressed(content)
    const hamletId =
      id === undefined
        ? knownHamlet(facts.hamlets, facts.places)
        : facts.hamlets[Number(id.slice('h-'.length))]?.hamletId
    return hamletId === undefined ? undefined : { hamletId }
  },
)

const place = step(
  ({ forWhom }, { t }) => ({ text: t(`guides:help.ask.place.${forWhom ?? 'self'}`) }),
  (content) => {
    if (content.kind !== 'text') return undefined
    const words = truncate(clean(content.text), PLACE_MAX)
    return words.length < PLACE_MIN ? undefined : { place: words }
  },
)

const phone = step(
  (_data, { t }) => ({
    text: t('guides:help.ask.phone'),
    choices: [{ id: 'none', label: t('guides:help.choice.no_phone') }],
    want: 'phone',
  }),
  (content) => {
    if (pressed(content) === 'none') return { phone: null, hasPhone: true }
    const typed = content.kind === 'contact' ? content.phone : undefined
    const words = content.kind === 'text' ? content.text : (typed ?? '')
    const found = PHONE.exec(words)?.[0]
    return found === undefined ? undefined : { phone: found, hasPhone: true }
  },
)

const when = choose(
  (_data, { t }) => ({
    text: t('guides:help.ask.when'),
    choices: PREFERRED.map((id) => ({ id, label: t(`guides:help.preferred.${id}`) })),
  }),
  (preferred) => ({ preferred }),
)

const consent = choose(
  ({ body }, { t }) => ({
    text: body,
    choices: [
      { id: 'agree', label: t('guides:help.choice.agree') },
      { id: 'decline', label: t('guides:help.choice.decline') },
    ],
  }),
  (id, { offered }) =>
    id === 'agree' ? { consentVersion: offered } : { consentVersion: null, declined: true },
)

/** Somebody of the community digital team is to come: what for, for whom, where, when. */
export const helpFlow: Flow<HelpData> = {
  id: 'help_home',
  version: 1,
  start,
  first: next,
  steps: new Map(Object.entries({ own, lesson, whom, hamlet, place, phone, when, consent })),
}
