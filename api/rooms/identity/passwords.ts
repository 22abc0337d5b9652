import { fold } from '../../core/text.ts'
import { WORST_PASSWORDS } from './data/worst-passwords.ts'
import { PASSWORD_MIN_LENGTH } from './schema.ts'

export type PasswordProblem = 'too_short' | 'too_common' | 'like_login'

/** Keyboards differ in how they compose Vietnamese marks: one form before hashing and comparing. */
export const normalisePassword = (password: string): string => password.normalize('NFC')

const bare = (text: string): string => fold(text).replace(/[^a-z0-9]/g, '')
const WORST = new Set(WORST_PASSWORDS)

/** One short piece over and over ("abcabcabcabc"), or neighbours in the sign table ("123456789012", "fedcba…"). */
function isMonotonous(text: string): boolean {
  if (/^(.{1,4})\1+.{0,3}$/su.test(text)) return true
  const codes = [...text].map((sign) => sign.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, i) => code - (codes[i] ?? 0))
  // 9 → 0 goes on counting on a keyboard.
  const isRun = (by: number) => steps.every((step) => step === by || step === -9 * by)
  return isRun(1) || isRun(-1)
}

/** Why a new password is refused; undefined when it will do. Length counts signs as people see them, not bytes. */
export function passwordProblem(password: string, login: string): PasswordProblem | undefined {
  const text = normalisePassword(password)
  if ([...text].length < PASSWORD_MIN_LENGTH) return 'too_short'
  if (WORST.has(bare(text)) || isMonotonous(text.toLowerCase())) return 'too_common'
  const own = bare(login)
  const rest = bare(text).replaceAll(own, '')
  return own.length >= 3 && bare(text).includes(own) && rest.length < 6 ? 'like_login' : undefined
}
