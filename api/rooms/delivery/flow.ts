import type { Translate } from '../../../locales/index.ts'
import type { KnownConsent } from '../../chat/entry.ts'
import type { Accepted, Flow, FlowContext, FlowData, Step } from '../../chat/flow.ts'
import type { PlaceFact } from '../../chat/inbound.ts'
import { say } from '../../chat/message.ts'
import { kindLabel, levelText, placeText } from './messages.ts'
import { kindIn, levelIn } from './policy/words.ts'
import { TOPIC_KINDS, type TopicKind } from './schema.ts'

export type ChosenPlace = { unitCode?: string; hamletId?: string; label: string }
export type SubscribeData = {
  kind: TopicKind | null
  place: ChosenPlace | null
  /** From this level of warnings on; left out: all. */
  minLevel?: number
  consentVersion: number | null
  /** The text to agree to; null once it was, or was refused. */
  consent: KnownConsent | null
}

type Name = 'kind' | 'place' | 'consent'

/** Of flows: their sentences are looked up by the typed translator that stands behind it. */
const words = (ctx: FlowContext) => ctx.t as Translate

function nextStep({ kind, place, consent }: SubscribeData): Name | 'done' {
  if (kind === null) return 'kind'
  if (place === null) return 'place'
  return consent === null ? 'done' : 'consent'
}

const toPlace = ({ label, unitCode, hamletId }: PlaceFact): ChosenPlace => ({
  label,
  ...(unitCode === undefined ? {} : { unitCode }),
  ...(hamletId === undefined ? {} : { hamletId }),
})

/** A place that the words mean for certain. */
const certain = (places: readonly PlaceFact[]): ChosenPlace | null => {
  const [first, ...others] = places
  return first?.unitCode === undefined || others.length > 0 ? null : toPlace(first)
}

const isConsent = (value: unknown): value is KnownConsent =>
  typeof value === 'object' && value !== null && 'version' in value && 'body' in value

/** The level that words ask for, where they do. */
const wanted = (kind: TopicKind, words: string): { minLevel?: number } => {
  const minLevel = levelIn(kind, words)
  return minLevel > 1 ? { minLevel } : {}
}

const isPlace = (value: unknown): value is PlaceFact =>
  typeof value === 'object' && value !== null && 'label' in value && 'unitCode' in value

/** The place that the words name, else that of their river: who says the river need not say where. */
const meant = (places: readonly PlaceFact[], river: unknown): ChosenPlace | null =>
  certain(places) ?? (isPlace(river) ? toPlace(river) : null)

function start({ consent, description, payload, places, river }: FlowData): SubscribeData {
  const asked = isConsent(consent) ? consent : null
  const said = typeof description === 'string' ? kindIn(description) : undefined
  const kind = TOPIC_KINDS.find((one) => one === payload) ?? said ?? null
  return {
    kind,
    ...(kind === null || typeof description !== 'string' ? {} : wanted(kind, description)),
    place: meant(Array.isArray(places) ? (places as readonly PlaceFact[]) : [], river),
    consentVersion: asked?.given === true ? asked.version : null,
    consent: asked?.given === true ? null : asked,
  }
}

type Answer = Accepted<SubscribeData>
const again = (ctx: FlowContext, key: string): Answer => ({ ok: false, say: [say(ctx.t(key))] })

/** The places offered: hamlets of the home commune, the commune, the whole city. */
function placesOffered(ctx: FlowContext): { id: string; place: ChosenPlace }[] {
  const unitCode = ctx.facts.hamlets.find((fact) => fact.unitCode !== undefined)?.unitCode
  const of = (code: string | undefined) => placeText(words(ctx), code, undefined)
  return [
    ...(unitCode === undefined
      ? []
      : [{ id: `u.${unitCode}`, place: { unitCode, label: of(unitCode) } }]),
    ...ctx.facts.hamlets.flatMap((fact) =>
      fact.hamletId === undefined ? [] : [{ id: `h.${fact.hamletId}`, place: toPlace(fact) }],
    ),
    { id: 'all', place: { label: of(undefined) } },
  ]
}

const steps: readonly (readonly [Name, Step<SubscribeData>])[] = [
  [
    'kind',
    {
      ask: (_data, ctx) => [
        say(
          ctx.t('doors:subscribe.kind'),
          TOPIC_KINDS.map((kind) => ({ id: kind, label: kindLabel(words(ctx), kind) })),
        ),
      ],
      accept: (content, data, ctx) => {
        const chosen =
          content.kind === 'choice'
            ? TOPIC_KINDS.find((kind) => kind === content.id)
            : content.kind === 'text'
              ? kindIn(content.text)
              : undefined
        if (chosen === undefined) return again(ctx, 'doors:subscribe.kind.again')
        const level = content.kind === 'text' ? wanted(chosen, content.text) : {}
        return {
          ok: true,
          patch: {
            kind: chosen,
            ...level,
            place: data.place ?? meant(ctx.facts.places, ctx.facts.river),
          },
        }
      },
      next: nextStep,
    },
  ],
  [
    'place',
    {
      ask: (_data, ctx) => [
        say(
          ctx.t('doors:subscribe.place'),
          placesOffered(ctx).map(({ id, place }) => ({ id, label: place.label })),
        ),
      ],
      accept: (content, _data, ctx) => {
        const offered =
          content.kind === 'choice'
            ? placesOffered(ctx).find(({ id }) => id === content.id)?.place
            : undefined
        const place = offered ?? meant(ctx.facts.places, ctx.facts.river)
        return place === null
          ? again(ctx, 'doors:subscribe.place.again')
          : { ok: true, patch: { place } }
      },
      next: nextStep,
    },
  ],
  [
    'consent',
    {
      ask: ({ consent }, ctx) => [
        say(ctx.t('doors:subscribe.consent', { body: consent?.body ?? '' }), [
          { id: 'agree', label: ctx.t('doors:subscribe.agree') },
          { id: 'decline', label: ctx.t('doors:subscribe.decline') },
        ]),
      ],
      accept: (content, { consent }, ctx) => {
        if (content.kind !== 'choice') return again(ctx, 'doors:subscribe.consent.again')
        const consentVersion = content.id === 'agree' ? (consent?.version ?? null) : null
        return { ok: true, patch: { consent: null, consentVersion } }
      },
      next: nextStep,
    },
  ],
]

/** Subscribe: what, for where, and the yes to being written to; skips what the words said already. */
export const subscribeFlow: Flow<SubscribeData> = {
  id: 'subscribe',
  version: 1,
  start,
  first: nextStep,
  steps: new Map(steps),
}

/** What was subscribed to, in words. */
export function topicText(
  t: Translate,
  { kind, minLevel = 1 }: { kind: TopicKind; minLevel?: number },
  place: ChosenPlace,
): string {
  const topic = t('doors:subscribe.topic', { kind: kindLabel(t, kind), place: place.label })
  return [topic, levelText(t, kind, minLevel)].filter(Boolean).join(', ')
}
