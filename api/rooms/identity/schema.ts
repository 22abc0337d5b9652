import { z } from 'zod'
import type { Capability, Role } from '../../context.ts'
import { clean } from '../../core/text.ts'

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

/** Why somebody has to know who a resident is; the code goes into the audit, and nothing else does. */
export const VIEW_REASONS = ['danger', 'call_back', 'court', 'authority', 'resident_asked'] as const
export const ViewPerson = z.object({ reason: z.enum(VIEW_REASONS) })

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

export const CONSENT_PURPOSES = ['report', 'notify', 'help', 'learn'] as const
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

/** A bearer session for an embedded page or a browser tab; the token exists only in this answer. */
export const ResidentSession = z
  .object({
    token: z.string(),
    expiresAt: z.string(),
    resident: z.object({
      language: z.enum(['vi', 'en']),
      displayName: z.string().nullable(),
    }),
  })
  .meta({ id: 'ResidentSession' })
export type ResidentSession = z.output<typeof ResidentSession>

const proof = (max: number) => z.string().min(1).max(max)

export const TelegramSignIn = z.object({ initData: proof(8_192) })
export const ZaloSignIn = z.object({ accessToken: proof(4_096) })
export const ZaloCode = ZaloSignIn.extend({ code: proof(4_096) })
export const OidcFinish = z.object({
  ticket: proof(100),
  code: proof(4_096),
  state: proof(200),
  iss: proof(500).optional(),
})
export const CodeSignIn = z.object({ code: proof(40) })

/** What a resident sees and corrects of their own. */
export const Me = z
  .object({
    language: z.enum(['vi', 'en']),
    displayName: z.string().nullable(),
    createdAt: z.string(),
    consents: z.array(
      z.object({
        purpose: z.enum(CONSENT_PURPOSES),
        version: z.number().int(),
        givenAt: z.string(),
        withdrawnAt: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Me' })
export type Me = z.output<typeof Me>

export const MeChange = z.object({
  language: z.enum(['vi', 'en']).optional(),
  displayName: z.string().transform(clean).pipe(z.string().max(100)).nullable().optional(),
})
export type MeChange = z.input<typeof MeChange>
