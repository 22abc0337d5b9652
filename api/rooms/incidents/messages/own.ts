import { asKey } from '../../../../locales/index.ts'
import { type Choice, type Message, say } from '../../../chat/message.ts'
import type { OwnIncident } from '../schema.ts'
import type { T } from './intake.ts'
import { caseChoice } from './tell.ts'

export const SCORES = [5, 4, 3, 2, 1] as const

/** Buttons of what a sender may do with an own case. */
export const ownChoices = (t: T, own: Pick<OwnIncident, 'publicCode' | 'moves'>): Choice[] =>
  own.moves
    .filter((move) => move !== 'give_info' && move !== 'satisfaction')
    .map((move) => ({
      id: caseChoice(move, own.publicCode),
      label: t(asKey(`incidents:act.${move}`)),
    }))

/** The question of a third week: is it really solved. The answer goes past whoever handled the case. */
export const satisfactionMessage = (t: T, code: string): Message =>
  say(
    t('incidents:satisfaction.ask', { code }),
    SCORES.map((score) => ({
      id: caseChoice(`score${score}`, code),
      label: t(asKey(`incidents:score.${score}`)),
    })),
  )

/** A line of an own case for a list of buttons: what, and how it stands. */
export const ownLabel = (t: T, own: OwnIncident): string =>
  `${t(asKey(`incidents:category.${own.category}`))}, ${own.publicCode}: ${t(asKey(`incidents:state.${own.state}`))}`

/** After something was done to an own case: what, and what may be done next. */
export function doneMessage(
  t: T,
  act: 'add' | 'rate' | 'reopen' | 'withdraw',
  own: OwnIncident,
): Message {
  const code = own.publicCode
  const look = { id: `track_report.${code}`, label: t('incidents:created.track') }
  return say(t(asKey(`incidents:case.${act}.done`), { code }), [...ownChoices(t, own), look])
}

export const followedMessage = (t: T, code: string): Message =>
  say(t('incidents:case.follow.done', { code }), [
    { id: `track_report.${code}`, label: t('incidents:created.track') },
    { id: caseChoice('unfollow', code), label: t('incidents:act.unfollow') },
  ])
