import type { Flow } from '../../../chat/flow.ts'
import type { Content } from '../../../chat/inbound.ts'
import { menuNumber, universalWord, wordKey } from '../../../chat/match.ts'
import { nextStep, type SosData, startSos } from './data.ts'
import { STEPS } from './steps.ts'

/** Whole messages, folded, that take a call back. */
const MISTAKE =
  /^(?:nham|toi nham|nham roi|nhan nham|bao nham|bam nham|em nham|con nham|lon|khong sao|khong co gi|bao dong gia|mistake|by mistake|false alarm|wrong|sorry wrong)$/
const SAFE =
  /^(?:an toan|an toan roi|da an toan|toi an toan|toi an toan roi|da duoc cuu|duoc cuu roi|co nguoi cuu roi|safe|i am safe|we are safe|im safe|rescued)$/

/**
 * Here "help" cries, "đợi" waits and a bare number is never a button that ends the call: only one clear word takes it
 * back, another says that they are safe.
 */
function readWords(text: string, step: string): Content | undefined {
  const word = wordKey(text)
  const universal = universalWord(text)
  if (MISTAKE.test(word) || universal === 'cancel') return { kind: 'choice', id: 'mistake' }
  if (SAFE.test(word)) return { kind: 'choice', id: 'safe' }
  const isNumber = menuNumber(text) !== undefined && step === 'standing'
  return universal !== undefined || isNumber ? { kind: 'text', text } : undefined
}

/** A call for rescue: sent with the first word, completed by what comes after. */
export const sosFlow: Flow<SosData> = {
  id: 'sos',
  version: 3,
  start: startSos,
  first: nextStep,
  steps: STEPS,
  reads: readWords,
}
