/**
 * What to do about an error of Zalo: `refresh` the token and try once more, `backoff`, stop writing to this person
 * (`unreachable`), wait until the person writes again (`window`), upload the picture again (`reupload`), wait for the
 * morning (`reschedule`), call an operator (`human`), or give this message up (`permanent`).
 */
export type ErrorClass =
  | 'refresh'
  | 'backoff'
  | 'unreachable'
  | 'window'
  | 'reupload'
  | 'reschedule'
  | 'human'
  | 'permanent'

type Entry = readonly [error: number, kind: ErrorClass, name: string]

/** https://developers.zalo.me/docs/official-account/phu-luc/ma-loi, with −124 of the template API and −501 of graph. */
export const OA_ERRORS: readonly Entry[] = [
  [-32, 'backoff', 'rate_limited'],
  [-100, 'reupload', 'attachment_expired'],
  [-124, 'refresh', 'token_invalid'],
  [-200, 'backoff', 'send_failed'],
  [-201, 'permanent', 'field_invalid'],
  [-204, 'human', 'oa_disabled'],
  [-205, 'human', 'oa_missing'],
  [-209, 'human', 'app_not_activated'],
  [-210, 'permanent', 'too_long'],
  [-211, 'permanent', 'feature_quota_spent'],
  [-212, 'human', 'api_not_registered'],
  [-213, 'unreachable', 'not_follower'],
  [-214, 'permanent', 'article_in_process'],
  [-216, 'refresh', 'token_invalid'],
  [-217, 'unreachable', 'blocked'],
  [-218, 'permanent', 'recipient_quota_spent'],
  [-219, 'human', 'app_removed'],
  [-220, 'refresh', 'token_expired'],
  [-221, 'human', 'oa_not_verified'],
  [-223, 'human', 'oa_not_granted'],
  [-224, 'human', 'package_too_low'],
  [-227, 'unreachable', 'inactive_or_banned'],
  [-230, 'window', 'window_closed'],
  [-232, 'window', 'window_closed'],
  [-233, 'permanent', 'type_unsupported'],
  [-234, 'reschedule', 'night'],
  [-235, 'human', 'oa_type_unsupported'],
  [-237, 'permanent', 'group_disabled'],
  [-238, 'permanent', 'asset_used'],
  [-240, 'permanent', 'message_v2_closed'],
  [-241, 'permanent', 'asset_used'],
  [-242, 'permanent', 'proof_invalid'],
  [-244, 'unreachable', 'refused_by_user'],
  [-248, 'permanent', 'policy_violated'],
  [-249, 'permanent', 'template_not_for_uid'],
  [-320, 'human', 'zca_not_linked'],
  [-321, 'human', 'zca_no_money'],
  [-403, 'permanent', 'not_in_group'],
  [-501, 'human', 'egress_outside_vietnam'],
  [-1340, 'permanent', 'form_invalid'],
  [-1341, 'permanent', 'form_invalid'],
]

const BY_ERROR: ReadonlyMap<number, Entry> = new Map(OA_ERRORS.map((entry) => [entry[0], entry]))

/** Code of a failure, the same in logs, in the ledger and as key of a sentence for operators. */
export const failureCode = (name: string): string => `zalo_oa.${name}`

/** The person has to write first; delivery then takes a template, another channel or the inbox. */
export const WINDOW_CLOSED = failureCode('window_closed')
/** Zalo gives personal data only to addresses inside Viet Nam; no retry helps, another way out of the network does. */
export const EGRESS_OUTSIDE_VIETNAM = failureCode('egress_outside_vietnam')

/** Class and code of an `error` other than 0; an unknown one is permanent and keeps its number. */
export function classifyError(error: number): { kind: ErrorClass; code: string } {
  const entry = BY_ERROR.get(error)
  if (entry === undefined) return { kind: 'permanent', code: failureCode(`error_${error}`) }
  return { kind: entry[1], code: failureCode(entry[2]) }
}
