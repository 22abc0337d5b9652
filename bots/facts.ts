import type { Content, Facts, Found } from '../api/chat/inbound.ts'
import { menuNumber, universalWord } from '../api/chat/match.ts'
import type { Ctx } from '../api/context.ts'
import { type Understanding, understand } from '../api/understanding/index.ts'
import type { Knowledge } from './knowledge.ts'
import { menuWord } from './menu-words.ts'

export type Learnt = { facts: Facts; understood?: Understanding }

/** The words of a message, if it has any. */
function wordsOf(content: Content): string | undefined {
  if (content.kind === 'text') return content.text
  return content.kind === 'photo' ? content.caption : undefined
}

const isCommand = (text: string): boolean =>
  menuNumber(text) !== undefined ||
  universalWord(text) !== undefined ||
  menuWord(text) !== undefined

/** What else a report needs of what was read. */
function foundIn({ addresses = [], depth }: Understanding['entities']): Found {
  const address = addresses[0]?.text
  return {
    ...(address === undefined ? {} : { address }),
    ...(depth === undefined ? {} : { depthCm: depth.depthCm }),
  }
}

/** What is known about a message before the pure part decides; reads only. */
export async function learn(ctx: Ctx, content: Content, knowledge: Knowledge): Promise<Learnt> {
  const hamlets = await knowledge.homeHamlets(ctx)
  if (content.kind === 'location') {
    return { facts: { ...(await knowledge.placesForPin(ctx, content.at)), hamlets } }
  }
  if (content.kind === 'form') {
    const { place = '' } = content.fields
    const found = await knowledge.placesForText(ctx, place)
    return { facts: { ...found, hamlets } }
  }
  const text = wordsOf(content)
  if (text === undefined || isCommand(text))
    return { facts: { places: [], outsideProvince: false, hamlets } }
  const understood = understand(text)
  const { category, confidence, entities } = understood
  const code = entities.incidentCodes?.[0]
  const { people, vulnerable } = entities
  const river = await knowledge.placeOfRiver(ctx, text)
  const facts: Facts = {
    ...(await knowledge.placesForText(ctx, text)),
    hamlets,
    ...(code === undefined ? {} : { code }),
    ...(category === undefined ? {} : { category: { id: category, confidence } }),
    ...(people === undefined ? {} : { people: people.count }),
    ...(vulnerable === undefined ? {} : { vulnerable }),
    found: foundIn(entities),
    ...(river === undefined ? {} : { river }),
  }
  return { facts, understood }
}
