import type { CallInput, CallView } from '../../../../api/rooms/sos/schema.ts'
import { ApiProblem, isTransient, postJson } from '../../shared/api.ts'
import { readJson, removeKey, writeJson } from '../../shared/storage.ts'

/** What this device knows of its own call; `isSent` once the server has it. */
export type Kept = { input: CallInput; isSent: boolean; at: number }

const KEY = 'loa.sos'
const SECRET_BYTES = 32
/** A call of yesterday is not gone on with. */
const FRESH_MS = 86_400_000

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'input' in value && 'isSent' in value

/** The call that goes on here, also after the page was closed. */
export function keptCall(): Kept | undefined {
  const kept = readJson(KEY, isKept)
  return kept !== undefined && Date.now() - kept.at < FRESH_MS ? kept : undefined
}

export const keepCall = (kept: Kept): boolean => writeJson(KEY, kept)
export const forgetCall = (): void => removeKey(KEY)

/** A secret that only this device knows: the same call, however often it is sent. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

export type Sent =
  | { outcome: 'sent'; view: CallView }
  /** It waits on the device; the page tries again and says whom to dial. */
  | { outcome: 'waiting' }
  | { outcome: 'refused'; problem: unknown }

export async function sendCall(input: CallInput): Promise<Sent> {
  try {
    return { outcome: 'sent', view: await postJson<CallView>('/sos', input) }
  } catch (problem) {
    const waits = problem instanceof ApiProblem && isTransient(problem)
    return waits ? { outcome: 'waiting' } : { outcome: 'refused', problem }
  }
}

export const readCall = (secret: string): Promise<CallView> =>
  postJson<CallView>('/sos/status', { secret })

export const endCall = (secret: string, as: 'safe' | 'withdrawn'): Promise<CallView> =>
  postJson<CallView>('/sos/end', { secret, as })
