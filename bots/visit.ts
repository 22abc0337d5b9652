import { parseChoiceId } from '../api/chat/choice-id.ts'
import { wordKey } from '../api/chat/match.ts'
import type { Choice } from '../api/chat/message.ts'
import type { Understanding } from '../api/understanding/index.ts'

const ME = '(toi|tui|minh|em|con|chau|me|ba|ong|cha|bo)'
const SOMEBODY =
  '(nguoi|ai do|ai|mot nguoi|to cong nghe( so)?( cong dong)?|nguoi cua to( cong nghe( so)?)?)'
const COMES = '(toi|den|qua|ghe|ve)( tan)?( (nha|nha toi|nha tui))?'
/** "nhờ người tới chỉ giúp cách cài VNeID", "cần ai đến nhà hướng dẫn": to be shown something, whatever it is. */
const SHOWN = new RegExp(
  `^((${ME} )?(muon |can |xin )?(nho|can|xin|cho|keu|goi) ${SOMEBODY} ${COMES} (chi|day|bay|huong dan|cai)\\b(?! (giao thong|duong|dan duong)))`,
)
/** "nhờ người tới giúp" and nothing else: help with what is asked next. */
const HELPED = new RegExp(
  `^(${ME} )?(muon |can |xin )?nho ${SOMEBODY} ${COMES} (giup|giup do|ho tro)( ${ME})?( (voi|a|di|nhe|nha))*$`,
)
const ENGLISH =
  /^(can|could|please|i (need|want|would like)).{0,30}\b(someone|somebody|a person|the (digital )?team) (to )?(come|visit)\b.{0,30}\b(show|teach|help|explain)/

const HERE = '((roi )?(o |tai )?(cho|buoc|khuc|doan) (nay|ni|do|day)|roi)( (roi|a|voi))*'
/** A whole message of somebody who does not get on: "tôi bí chỗ này", "bí rồi". */
const STUCK = new RegExp(`^(${ME} )?(dang )?bi ${HERE}$`)
const STUCK_EN = /^(i am |i'm |im )stuck( here| at this step| on this)?$/
/** Who is held fast somewhere may be in danger: this means a step only where one is before their eyes. */
const HELD = new RegExp(`^(${ME} )?(dang )?(bi )?(ket|mac|vuong)( ${HERE})?$`)

/**
 * What a wish to be shown something at home, or a sigh at a step, leads to, as the payload of a button: the step's own
 * help where a lesson is before their eyes, else somebody who comes. Danger goes its own way.
 */
export function visitIn(
  text: string,
  lastChoices: readonly Choice[],
  understood: Understanding | undefined,
): string | undefined {
  if (understood?.intent === 'sos' || understood?.urgent) return undefined
  const word = wordKey(text)
  if (SHOWN.test(word) || HELPED.test(word) || ENGLISH.test(word)) return 'help_home'
  const isStuck = STUCK.test(word)
  if (!isStuck && !HELD.test(word) && !STUCK_EN.test(word)) return undefined
  const atStep = lastChoices
    .map(({ id }) => parseChoiceId(id)?.choice)
    .find((choice) => choice?.startsWith('guide_stuck.'))
  return atStep ?? (isStuck ? 'help_home' : undefined)
}
