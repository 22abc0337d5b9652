import { z } from 'zod'
import type { Capability, Role } from '../../context.ts'

export const ROLES = [
  'officer',
  'dispatcher',
  'approver',
  'admin',
] as const satisfies readonly Role[]

export const CAPABILITIES = [
  'duty',
  'onestop',
  'editor',
  'hamlet_head',
  'community_team',
  'identity_viewer',
] as const satisfies readonly Capability[]

/** Shorter passwords fall to guessing within hours even when they are hashed well. */
export const PASSWORD_MIN_LENGTH = 12
/** Bounds the work of hashing; long sentences still fit. */
export const PASSWORD_MAX_LENGTH = 200

const UnitCode = z.string().regex(/^\d{5}$/)
const AgencyCode = z.string().regex(/^[\w.-]{2,60}$/)

/** Login names are compared in lower case. */
export const Login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9._-]{3,40}$/)

/** What is typed at sign-in; a malformed login is a wrong login, not a hint about the form of logins. */
export const SignIn = z.object({
  login: z.string().trim().min(1).max(200).toLowerCase(),
  password: z.string().min(1).max(PASSWORD_MAX_LENGTH),
})
export type SignIn = z.input<typeof SignIn>

/** Unit and agency are said on purpose: both null is the city desk, whose roles reach every unit. */
export const NewOfficial = z.object({
  login: Login,
  displayName: z.string().trim().normalize('NFC').min(1).max(100),
  password: z.string().max(PASSWORD_MAX_LENGTH),
  roles: z.array(z.enum(ROLES)).max(ROLES.length),
  capabilities: z.array(z.enum(CAPABILITIES)).max(CAPABILITIES.length),
  unitCode: UnitCode.nullable(),
  agencyCode: AgencyCode.nullable(),
  language: z.enum(['vi', 'en']).default('vi'),
})
export type NewOfficial = z.input<typeof NewOfficial>

export const PasswordChange = z.object({
  currentPassword: z.string().min(1).max(PASSWORD_MAX_LENGTH),
  newPassword: z.string().max(PASSWORD_MAX_LENGTH),
})
export type PasswordChange = z.input<typeof PasswordChange>

/** An official as colleagues and the console see one; never the password's hash. */
export const Official = z
  .object({
    id: z.uuid(),
    login: z.string(),
    displayName: z.string(),
    roles: z.array(z.enum(ROLES)),
    capabilities: z.array(z.enum(CAPABILITIES)),
    unitCode: z.string().nullable(),
    agencyCode: z.string().nullable(),
  })
  .meta({ id: 'Official' })
export type Official = z.output<typeof Official>

/** One signed-in device; `id` names it for revoking and is no secret. */
export const SessionView = z
  .object({
    id: z.uuid(),
    createdAt: z.string(),
    lastSeenAt: z.string(),
    label: z.string(),
    isCurrent: z.boolean(),
  })
  .meta({ id: 'Session' })
export type SessionView = z.output<typeof SessionView>

export const CONSENT_PURPOSES = ['report', 'notify'] as const
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number]

export const ConsentTextView = z
  .object({
    purpose: z.enum(CONSENT_PURPOSES),
    version: z.number().int(),
    body: z.string(),
  })
  .meta({ id: 'ConsentText' })
export type ConsentTextView = z.output<typeof ConsentTextView>

export const ConsentGift = z.object({
  residentId: z.uuid(),
  purpose: z.enum(CONSENT_PURPOSES),
  version: z.number().int().positive(),
  channel: z.string().min(1).max(40),
})
export type ConsentGift = z.input<typeof ConsentGift>

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
