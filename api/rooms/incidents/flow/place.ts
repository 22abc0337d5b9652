import { say } from '../../../chat/message.ts'
import { isAddress } from '../policy/address.ts'
import { toPlace } from './data.ts'
import { again, settlePlace, sideInput, step } from './step.ts'

const HAMLET = 'h.'

export const place = step(
  'place',
  (data, { t, facts }) => {
    const choices = facts.hamlets.flatMap((fact) =>
      fact.hamletId === undefined ? [] : [{ id: `${HAMLET}${fact.hamletId}`, label: fact.label }],
    )
    const ask =
      choices.length === 0
        ? say(t('incidents:ask.place.plain'))
        : say(t(data.isUrgent ? 'incidents:ask.place.urgent' : 'incidents:ask.place'), choices)
    return [{ ...ask, want: 'location' }]
  },
  (content, data, ctx) => {
    const side = sideInput(content, data, ctx, 'place')
    if (side !== undefined) {
      const isPlaced = side.ok && side.patch.place !== undefined
      return isPlaced ? { ok: true, patch: side.patch } : side
    }
    if (content.kind === 'choice') {
      const fact = ctx.facts.hamlets.find((h) => `${HAMLET}${h.hamletId}` === content.id)
      if (fact !== undefined)
        return {
          ok: true,
          patch: { place: toPlace(fact, null, data.placeWords), candidates: [], pin: null },
        }
    }
    if (content.kind === 'text') {
      // The address was said before; now comes the commune that it lies in.
      const said = isAddress(content.text) ? content.text : (data.placeWords ?? content.text)
      const patch = settlePlace(ctx.facts.places, null, said)
      if (patch !== undefined) return { ok: true, patch }
    }
    return again(ctx, 'incidents:ask.place.again')
  },
)

const CANDIDATE = 'c.'

export const placeChoice = step(
  'place_choice',
  (data, { t }) => [
    say(t('incidents:ask.place_choice'), [
      ...data.candidates.map((fact, i) => ({ id: `${CANDIDATE}${i}`, label: fact.label })),
      { id: 'other', label: t('incidents:ask.place_choice.other') },
    ]),
  ],
  (content, data, ctx) => {
    if (content.kind === 'choice') {
      if (content.id === 'other')
        return { ok: true, patch: { candidates: [], pin: null }, goTo: 'place' }
      const chosen = data.candidates.find((_fact, i) => content.id === `${CANDIDATE}${i}`)
      if (chosen !== undefined) {
        const settled = toPlace(chosen, data.pin, data.placeWords)
        return { ok: true, patch: { place: settled, candidates: [], placeWords: null } }
      }
    }
    // Other words than the list's: a better name for the place.
    if (content.kind === 'text') {
      const patch = settlePlace(ctx.facts.places, null, content.text)
      if (patch !== undefined) return { ok: true, patch }
    }
    const side = sideInput(content, data, ctx, 'place_choice')
    return side ?? again(ctx, 'incidents:ask.place_choice.again')
  },
)
