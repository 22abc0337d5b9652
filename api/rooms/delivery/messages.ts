import { asKey, type Translate } from '../../../locales/index.ts'
import { withBanner } from '../../chat/banner.ts'
import { withChoiceIds } from '../../chat/choice-id.ts'
import { type Choice, type Message, say } from '../../chat/message.ts'
import { placeLabel } from '../areas/index.ts'
import { type Kind, LEVEL_KINDS, LIFE_SAFETY_KINDS, type TopicKind, type Why } from './schema.ts'

/** A hamlet as its label needs it. */
type HamletLabel = Parameters<typeof placeLabel>[1]

export const kindLabel = (t: Translate, kind: Kind): string => t(asKey(`delivery:kind.${kind}`))

/** "từ báo động 2"; empty from the first level on. */
export const levelText = (t: Translate, kind: TopicKind, level: number): string =>
  level > 1 && LEVEL_KINDS.includes(kind) ? t(asKey(`delivery:level.${kind}.${level}`)) : ''

/** What such a message reads like and when it comes: before one subscribes, and after. */
export const exampleText = (t: Translate, kind: TopicKind): string =>
  [
    t(asKey(`delivery:example.${kind}`)),
    t(LIFE_SAFETY_KINDS.includes(kind) ? 'delivery:example.when_urgent' : 'delivery:example.when'),
  ].join('\n')

/** "thôn Phước Yên, xã Quảng Điền"; the whole city when no unit is given. */
export const placeText = (t: Translate, unitCode: string | undefined, hamlet: HamletLabel) =>
  unitCode === undefined ? t('delivery:place.province') : placeLabel(unitCode, hamlet)

/** One or two sentences: why this message came, and how to change it. */
export function whyText(t: Translate, why: Why, hamlet: HamletLabel): string {
  const topic = kindLabel(t, why.kind)
  const place = placeText(t, why.unitCode, hamlet)
  switch (why.by) {
    case 'own_case':
      return t(asKey(`delivery:why.own.${why.kind}`))
    case 'everyone':
      return t('delivery:why.everyone', { place })
    case 'subscription':
      return why.unitCode === undefined
        ? t('delivery:why.subscription', { topic })
        : t('delivery:why.subscription_place', { topic, place })
  }
}

/** A button under a message that tells why it came: `why` is an intent of the chat, `ref` an inbox item or a dispatch. */
export const whyChoice = (t: Translate, ref: string): Choice => ({
  id: `why.${ref}`,
  label: t('delivery:why.ask'),
})

/** What a stop did, what still comes, and how to take it back. */
export function stopText(t: Translate, result: { ended: number; kept: number }): string {
  if (result.ended === 0 && result.kept === 0) return t('delivery:stop.nothing')
  return t(result.kept === 0 ? 'delivery:stop.done' : 'delivery:stop.done_urgent')
}

export const stopMessage = (t: Translate, result: { ended: number; kept: number }): Message =>
  say(stopText(t, result), [{ id: 'subscribe', label: t('delivery:stop.undo') }])

/** A message that was not asked for: it can be asked why; choices name intents; demonstration data say so. */
export function asPush(
  t: Translate,
  { parts, choices = [], ...rest }: Message,
  { ref, isDemo }: { ref: string; isDemo: boolean },
): Message {
  const message = { ...rest, parts, choices: [...choices, whyChoice(t, ref)] }
  const banner = isDemo ? t('chat:demo.banner') : undefined
  const [withIds = message] = withChoiceIds([message], 'menu', 0)
  const [marked = withIds] = banner === undefined ? [withIds] : withBanner([withIds], banner)
  return marked
}
