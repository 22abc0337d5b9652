import { z } from 'zod'
import { NewOfficial, Official, PASSWORD_MAX_LENGTH } from './schema.ts'

/** What the page holds between two steps of a sign-in. */
const Challenge = z.string().min(20).max(100)
/** A browser's answer about a passkey; the library checks its inside. */
const WebAuthnResponse = z.record(z.string(), z.unknown())

export const NextStep = z
  .discriminatedUnion('next', [
    z.object({ next: z.literal('none') }),
    z.object({
      next: z.literal('second_factor'),
      challenge: z.string(),
      expiresAt: z.string(),
      methods: z.array(z.enum(['totp', 'passkey', 'recovery'])),
    }),
    z.object({ next: z.literal('enrol'), challenge: z.string(), expiresAt: z.string() }),
  ])
  .meta({ id: 'NextStep' })
export type NextStep = z.output<typeof NextStep>

export const SecondStep = z.object({
  challenge: Challenge,
  proof: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('totp'), code: z.string().max(20) }),
    z.object({ kind: z.literal('recovery'), code: z.string().max(40) }),
    z.object({ kind: z.literal('passkey'), response: WebAuthnResponse }),
  ]),
})
export type SecondStep = z.input<typeof SecondStep>

const Password = z.string().min(1).max(PASSWORD_MAX_LENGTH)

/** Within a sign-in its challenge is the proof; when signed in, the password once more. */
export const BeginFactor = z.union([
  z.object({ challenge: Challenge }),
  z.object({ password: Password }),
])
export type BeginFactor = z.input<typeof BeginFactor>

export const ConfirmTotp = z.object({ challenge: Challenge, code: z.string().max(20) })
export type ConfirmTotp = z.input<typeof ConfirmTotp>
export const ConfirmPasskey = z.object({ challenge: Challenge, response: WebAuthnResponse })
export type ConfirmPasskey = z.input<typeof ConfirmPasskey>
export const OwnPassword = z.object({ password: Password })
export type RemoveFactor = { factorId: string; password: string }

export const FactorList = z
  .object({
    factors: z.array(
      z.object({
        id: z.uuid(),
        kind: z.enum(['totp', 'passkey']),
        label: z.string(),
        createdAt: z.string(),
        lastUsedAt: z.string().nullable(),
      }),
    ),
    recoveryCodes: z.number().int().meta({ description: 'How many are left' }),
    isCompulsory: z.boolean(),
  })
  .meta({ id: 'FactorList' })
export type FactorList = z.output<typeof FactorList>

export const InviteOfficial = NewOfficial.omit({ password: true })
export type InviteOfficial = z.input<typeof InviteOfficial>

/** The address of an official's account of the province; null: none. */
export const ProviderAccount = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email().max(200)).nullable(),
})
export type ProviderAccount = z.input<typeof ProviderAccount>

/** What an admin changes; `version` is the one that the page showed. */
export const ChangeOfficial = InviteOfficial.omit({ login: true, language: true }).extend({
  version: z.number().int(),
})
export type ChangeOfficial = z.input<typeof ChangeOfficial>

export const AcceptInvite = z.object({
  token: Challenge,
  password: z.string().max(PASSWORD_MAX_LENGTH),
})
export type AcceptInvite = z.input<typeof AcceptInvite>

/** An official as the admin's list shows one. */
export const OfficialRecord = Official.extend({
  version: z.number().int(),
  disabledAt: z.string().nullable(),
  hasSecondFactor: z.boolean(),
  providerEmail: z.string().nullable(),
  isProviderLinked: z.boolean().meta({ description: 'They have signed in by it once' }),
}).meta({ id: 'OfficialRecord' })
export type OfficialRecord = z.output<typeof OfficialRecord>

export const Invitation = z
  .object({
    official: OfficialRecord,
    url: z.string().meta({ description: 'Shown once; sets the password within 72 hours' }),
    expiresAt: z.string(),
  })
  .meta({ id: 'Invitation' })
export type Invitation = z.output<typeof Invitation>

const Span = {
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }),
}

export const NewDelegation = z.object({ toOfficialId: z.uuid(), ...Span })
export type NewDelegation = z.input<typeof NewDelegation>
export const Delegation = z
  .object({
    id: z.uuid(),
    from: z.string().meta({ description: 'Display name' }),
    to: z.string().meta({ description: 'Display name' }),
    isMine: z.boolean(),
    startsAt: z.string(),
    endsAt: z.string(),
  })
  .meta({ id: 'Delegation' })
export type Delegation = z.output<typeof Delegation>

export const NewShift = z.object({ officialId: z.uuid(), ...Span })
export type NewShift = z.input<typeof NewShift>
export const Shift = z
  .object({
    id: z.uuid(),
    officialId: z.uuid(),
    displayName: z.string(),
    unitCode: z.string().nullable(),
    startsAt: z.string(),
    endsAt: z.string(),
  })
  .meta({ id: 'Shift' })
export type Shift = z.output<typeof Shift>

/** Whom work can be given to: colleagues of the own unit, by name. */
export const Colleague = z
  .object({ id: z.uuid(), displayName: z.string(), isOnDutyList: z.boolean() })
  .meta({ id: 'Colleague' })
export type Colleague = z.output<typeof Colleague>
