import type { LngLat } from '../core/geo.ts'

export const CHANNELS = ['web', 'telegram', 'zalo-oa', 'zalo-bot'] as const
export type ChannelId = (typeof CHANNELS)[number]

/** What a person wrote on the page for long input; checked by its route. */
export type FormFields = {
  description: string
  category?: string
  /** Their words for the place. */
  place?: string
  mediaIds: readonly string[]
  /** The consent text that they agreed to there. */
  consentVersion?: number
}

/** What a person sent, freed of its channel. `choice.id` is the opaque id of a pressed button. */
export type Content =
  | { kind: 'text'; text: string }
  | { kind: 'choice'; id: string }
  | { kind: 'photo'; mediaIds: readonly string[]; caption?: string }
  | { kind: 'location'; at: LngLat; label?: string }
  | { kind: 'contact'; phone: string }
  | { kind: 'start'; payload?: string }
  | { kind: 'form'; fields: FormFields }
  | { kind: 'unsupported'; what: string }

/** One verified event. `chatKey` is the channel's address of the chat, `eventId` its dedupe key. */
export type Inbound = {
  channel: ChannelId
  chatKey: string
  eventId: string
  content: Content
  /** What the platform says of the reader; used when the chat is first seen. */
  language?: 'vi' | 'en'
}

/** A place that a text or a pin may mean. `exact` is false where only the nearest centroid is known. */
export type PlaceFact = {
  label: string
  at?: LngLat
  unitCode?: string
  hamletId?: string
  exact: boolean
}

/** What a text says of a matter besides its place and category, as far as it could be read for certain. */
export type Found = {
  /** "kiệt 15/15 Đống Đa", as typed. */
  address?: string
  /** Water over the ground, about. */
  depthCm?: number
}

/** What was looked up for this turn before the pure engine runs; all of it optional knowledge, never a decision. */
export type Facts = {
  /** What the words or the pin may mean, best first; more than one means: ask. */
  places: readonly PlaceFact[]
  /** The pin lies outside the province. */
  outsideProvince: boolean
  /** Hamlets of the home commune, offered as buttons. */
  hamlets: readonly PlaceFact[]
  /** A public case code found in the text, canonical form. */
  code?: string
  /** A category that understanding found, with its confidence 0..1. */
  category?: { id: string; confidence: number }
  /** How many people the words count, and who among them is helped first. */
  people?: number
  vulnerable?: readonly string[]
  /** What else the text says. */
  found?: Found
  /** Where somebody is told of the river that the words name. */
  river?: PlaceFact
  /** What the running flow's room looked up from the answers so far (`FlowEntry.look`). */
  looked?: Readonly<Record<string, unknown>>
}

export const NO_FACTS: Facts = { places: [], outsideProvince: false, hamlets: [] }
