import type { Facts, PlaceFact } from '../api/chat/inbound.ts'
import type { Ctx } from '../api/context.ts'
import type { LngLat } from '../api/core/geo.ts'

/** A number to call, named in the reader's language. */
export type Hotline = { code: string; phone: string; name: string; confirmed: boolean }

type PlaceFacts = Pick<Facts, 'places' | 'outsideProvince'>

/** What a turn looks up before it decides; rooms give it (area-knowledge.ts), tests fix it. */
export type Knowledge = {
  placesForText(ctx: Ctx, text: string): Promise<PlaceFacts>
  placesForPin(ctx: Ctx, at: LngLat): Promise<PlaceFacts>
  /** Where somebody is told of the river that a text names; undefined when it names none, or several. */
  placeOfRiver(ctx: Ctx, text: string): Promise<PlaceFact | undefined>
  homeHamlets(ctx: Ctx): Promise<readonly PlaceFact[]>
  /** The most urgent first. */
  hotlines(ctx: Ctx): Promise<readonly Hotline[]>
  /** Who runs this, "xã Quảng Điền". */
  homeName(ctx: Ctx): string
}
