import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROLES } from './schema.ts'
import { type Held, methodsOf, nextStep, passkeyDomain } from './second-factor.ts'
import { newTotpSecret, totpStep, totpUri } from './totp.ts'

/** Secret of RFC 6238, appendix B ("12345678901234567890"); its SHA-1 codes cut to six digits. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const RFC_CODES = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
] as const

describe('a code of an authenticator', () => {
  it.each(RFC_CODES)('fits the vectors of RFC 6238 at %i s', (seconds, code) => {
    expect(totpStep(RFC_SECRET, code, new Date(seconds * 1000))).toBe(Math.floor(seconds / 30))
  })

  it('is taken one step early or late, not two, and with a space in the middle', () => {
    const at = (seconds: number) => new Date(seconds * 1000)
    expect(totpStep(RFC_SECRET, '287 082', at(59 + 30))).toBe(1)
    expect(totpStep(RFC_SECRET, '287082', at(59 - 30))).toBe(1)
    expect(totpStep(RFC_SECRET, '287082', at(59 + 60))).toBeUndefined()
  })

  it('never throws on what people type', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(totpStep(RFC_SECRET, text, new Date(59_000)) ?? 1).toBe(1)
      }),
    )
  })

  it('has a fresh secret of 160 bits, which an app can scan', () => {
    const secret = newTotpSecret((n) => new Uint8Array(n).fill(7))
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(totpUri(secret, 'duyet')).toMatch(/^otpauth:\/\/totp\/Loa:duyet\?.*secret=[A-Z2-7]{32}/)
  })
})

const held = fc.record<Held>({
  hasTotp: fc.boolean(),
  passkeys: fc.nat(3),
  recoveryCodes: fc.nat(10),
})
const roles = fc.uniqueArray(fc.constantFrom(...ROLES))

describe('the second step', () => {
  it('is asked of whoever has a factor, and made compulsory for approvers and admins', () => {
    fc.assert(
      fc.property(roles, held, fc.boolean(), (who, has, isDemo) => {
        const step = nextStep(who, has, isDemo)
        if (has.hasTotp || has.passkeys > 0) expect(step).toBe('second_factor')
        else if (!isDemo && (who.includes('approver') || who.includes('admin')))
          expect(step).toBe('enrol')
        else expect(step).toBe('none')
      }),
    )
  })

  it('offers only what the person holds', () => {
    expect(methodsOf({ hasTotp: false, passkeys: 2, recoveryCodes: 1 })).toEqual([
      'passkey',
      'recovery',
    ])
    expect(methodsOf({ hasTotp: true, passkeys: 0, recoveryCodes: 0 })).toEqual(['totp'])
  })

  it('binds passkeys to a domain, where browsers allow them', () => {
    expect(passkeyDomain('https://loa.example.vn')).toBe('loa.example.vn')
    expect(passkeyDomain('http://localhost:8080')).toBe('localhost')
    expect(passkeyDomain('http://127.0.0.1:8080')).toBeUndefined()
    expect(passkeyDomain('http://loa.example.vn')).toBeUndefined()
    expect(passkeyDomain('https://[::1]:8080')).toBeUndefined()
  })
})
