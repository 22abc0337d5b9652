import type { Role } from '../../context.ts'

/** What still lies between a right password and a session. */
export type NextStep = 'none' | 'second_factor' | 'enrol'

/** Whoever approves answers or runs the installation cannot do with a password alone. */
const COMPULSORY_FOR: readonly Role[] = ['approver', 'admin']

export type Held = { hasTotp: boolean; passkeys: number; recoveryCodes: number }

export const isCompulsory = (roles: readonly Role[]): boolean =>
  roles.some((role) => COMPULSORY_FOR.includes(role))

/**
 * A factor that somebody set up is always asked for. A demo has nobody's data and its passwords are printed at each
 * start: there a factor can be tried but is not compulsory.
 */
export function nextStep(roles: readonly Role[], held: Held, isDemo: boolean): NextStep {
  if (held.hasTotp || held.passkeys > 0) return 'second_factor'
  return isCompulsory(roles) && !isDemo ? 'enrol' : 'none'
}

export const METHODS = ['totp', 'passkey', 'recovery'] as const
export type Method = (typeof METHODS)[number]

/** Ways that this person can pass the second step now, the usual one first. */
export const methodsOf = (held: Held): Method[] =>
  METHODS.filter(
    (method) =>
      ({
        totp: held.hasTotp,
        passkey: held.passkeys > 0,
        recovery: held.recoveryCodes > 0,
      })[method],
  )

/** Passkeys are bound to a domain; browsers refuse them on a bare address and without TLS (but on localhost). */
export function passkeyDomain(publicUrl: string): string | undefined {
  const { hostname, protocol } = new URL(publicUrl)
  if (/^[\d.]+$/.test(hostname) || hostname.startsWith('[')) return undefined
  return protocol === 'https:' || hostname === 'localhost' ? hostname : undefined
}
