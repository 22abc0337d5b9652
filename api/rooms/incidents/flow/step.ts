import type { Accepted, FlowContext, Step } from '../../../chat/flow.ts'
import type { Content, PlaceFact } from '../../../chat/inbound.ts'
import { type Message, say } from '../../../chat/message.ts'
import { warning } from '../messages/intake.ts'
import {
  MAX_CANDIDATES,
  nextStep,
  type ReportData,
  readStory,
  type StepName,
  toPlace,
  withPhotos,
} from './data.ts'

export type Answer = Accepted<ReportData>
type Ask = (data: ReportData, ctx: FlowContext) => readonly Message[]
type Accept = (content: Content, data: ReportData, ctx: FlowContext) => Answer

/** Not understood: what to say before the question comes again. */
export const again = (
  ctx: FlowContext,
  key: string,
  params?: Record<string, string | number>,
): Answer => ({
  ok: false,
  say: [say(ctx.t(key, params))],
})

/** A place from what was looked up: none → say so, one that is certain → take it, else → ask which. */
export function settlePlace(
  places: readonly PlaceFact[],
  pin: ReportData['pin'],
  words: string | null,
): Partial<ReportData> | undefined {
  const [first, ...others] = places
  if (first === undefined) {
    return pin === null
      ? undefined
      : {
          place: { source: 'pin', label: `${pin.lat}, ${pin.lng}`, lng: pin.lng, lat: pin.lat },
          candidates: [],
          pin,
        }
  }
  return others.length === 0 && (first.exact || pin !== null)
    ? { place: toPlace(first, pin, words), candidates: [], pin }
    : { candidates: places.slice(0, MAX_CANDIDATES), pin, placeWords: words }
}

/** Photos and pins are welcome whatever was asked: they are kept, and the open question stays. */
export function sideInput(
  content: Content,
  data: ReportData,
  ctx: FlowContext,
  step: StepName,
): Answer | undefined {
  if (content.kind === 'photo') {
    const story = data.description === null ? readStory(content.caption) : null
    return {
      ok: true,
      patch: { ...withPhotos(data, content.mediaIds), ...(story ? { description: story } : {}) },
      goTo: step,
    }
  }
  if (content.kind !== 'location') return undefined
  if (ctx.facts.outsideProvince) return again(ctx, 'incidents:ask.place.outside')
  const patch = settlePlace(ctx.facts.places, content.at, content.label ?? null)
  if (patch === undefined) return again(ctx, 'incidents:ask.place.again')
  const isAmbiguous = (patch.candidates ?? []).length > 0
  return { ok: true, patch, goTo: isAmbiguous ? 'place_choice' : step }
}

/** One question of the report flow; before the step that `warnAt` names stands whom to call. */
export function step(name: StepName, ask: Ask, accept: Accept): [StepName, Step<ReportData>] {
  return [
    name,
    {
      ask: (data, ctx) =>
        data.warnAt === name ? [warning(ctx.t), ...ask(data, ctx)] : ask(data, ctx),
      accept,
      next: nextStep,
    },
  ]
}
