import type { Generated } from 'kysely'
import type { Nullable, NullableTimestamp, Timestamp } from './columns.ts'

/** Tables about how officials get in, and who stands in for whom when. */
export type OfficialTables = {
  officialFactor: {
    id: string
    officialId: string
    kind: 'totp' | 'passkey'
    label: string
    /** The TOTP secret, sealed under APP_SECRET. */
    sealedSecret: Nullable<string>
    /** Time step of the last code that was taken: no code is taken twice. */
    lastStep: Nullable<number>
    credentialId: Nullable<string>
    /** COSE key of a passkey, base64url. */
    publicKey: Nullable<string>
    counter: Generated<number>
    transports: Generated<string[]>
    createdAt: Timestamp
    lastUsedAt: NullableTimestamp
  }
  /** By which account of the province an official signs in. */
  officialProvider: {
    officialId: string
    /** Lower case, as an admin set it; counts until a subject is linked. */
    email: string
    issuer: Nullable<string>
    subject: Nullable<string>
    linkedAt: NullableTimestamp
  }
  officialRecoveryCode: {
    /** HMAC of official and code; the code is shown once. */
    codeHash: string
    officialId: string
    createdAt: Timestamp
    usedAt: NullableTimestamp
  }
  signInStep: {
    /** SHA-256 of the secret that the page holds between two steps. */
    secretHash: string
    /** Null: a passkey says who it is. */
    officialId: Nullable<string>
    kind: 'second_factor' | 'enrol' | 'passkey' | 'add_factor' | 'invite'
    webauthnChallenge: Nullable<string>
    /** A TOTP secret that is not confirmed yet, sealed. */
    sealedSecret: Nullable<string>
    tries: Generated<number>
    createdAt: Timestamp
    expiresAt: Timestamp
  }
  approvalDelegation: {
    id: string
    fromOfficialId: string
    toOfficialId: string
    startsAt: Timestamp
    endsAt: Timestamp
    revokedAt: NullableTimestamp
    createdAt: Timestamp
  }
  dutyShift: {
    id: string
    officialId: string
    /** Null: the city's desk. */
    unitCode: Nullable<string>
    startsAt: Timestamp
    endsAt: Timestamp
    createdAt: Timestamp
  }
}
