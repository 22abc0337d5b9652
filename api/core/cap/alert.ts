import type { LngLat } from '../geo.ts'
import type { CapReference } from './values.ts'

export type CapPair = { name: string; value: string }

/** A named place; shapes are WGS 84, circles in kilometres, heights in feet above mean sea level (as CAP has them). */
export type CapArea = {
  description: string
  polygons: readonly (readonly LngLat[])[]
  circles: readonly { center: LngLat; radiusKm: number }[]
  geocodes: readonly CapPair[]
  altitude?: string
  ceiling?: string
}

export type CapResource = {
  description: string
  mimeType?: string
  sizeBytes?: number
  uri?: string
  digest?: string
}

/** What is said in one language. */
export type CapInfo = {
  /** Always set: CAP reads a missing one as en-US. */
  language: string
  categories: readonly string[]
  event: string
  responseTypes: readonly string[]
  urgency: string
  severity: string
  certainty: string
  audience?: string
  eventCodes: readonly CapPair[]
  effectiveAt?: Date
  onsetAt?: Date
  expiresAt?: Date
  senderName?: string
  headline?: string
  description?: string
  instruction?: string
  web?: string
  contact?: string
  parameters: readonly CapPair[]
  resources: readonly CapResource[]
  areas: readonly CapArea[]
}

/** One CAP message of any version, in the words of 1.2. */
export type CapAlert = {
  identifier: string
  sender: string
  sentAt: Date
  status: string
  messageType: string
  source?: string
  scope: string
  restriction?: string
  addresses?: string
  codes: readonly string[]
  note?: string
  references: readonly CapReference[]
  incidents?: string
  infos: readonly CapInfo[]
}
