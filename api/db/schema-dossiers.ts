import type { Generated } from 'kysely'
import type { Json, Nullable, NullableTimestamp, Timestamp } from './columns.ts'

/** Tables of dossiers: the mirror and its sources, followers, procedures, appointments. */
export type DossierTables = {
  /** Working weeks and calendars that dossiers were accepted under; a row never changes. */
  dossierRule: {
    version: Generated<number>
    hash: string
    rule: Json<object>
    createdAt: Timestamp
  }
  dossierSource: {
    name: string
    unitCode: Nullable<string>
    /** Who handles a dossier when a row does not say. */
    agencyName: string
    /** Field of ours → column of theirs. */
    mapping: Json<Record<string, string>>
    createdAt: Timestamp
    updatedAt: Timestamp
  }
  dossierKey: {
    id: string
    source: string
    /** SHA-256 of the key, hex; the key itself is shown once. */
    secretHash: string
    createdAt: Timestamp
    lastUsedAt: NullableTimestamp
    revokedAt: NullableTimestamp
  }
  /** Back offices that are asked by themselves. */
  dossierPull: {
    source: string
    url: string
    /** Sent as a bearer token; null: none is asked for. */
    sealedKey: Nullable<string>
    nextAt: Timestamp
    checkedAt: NullableTimestamp
    okAt: NullableTimestamp
    failures: Generated<number>
    /** Code of what went wrong the last time. */
    problem: Nullable<string>
  }
  dossierImport: {
    id: string
    source: string
    kind: 'file' | 'push' | 'pull'
    outcome: 'done' | 'refused'
    readRows: number
    added: number
    changed: number
    unchanged: number
    /** Lines, columns and reasons; never what stood there. */
    issues: Json<object[]>
    /** How far a pull has come. */
    cursor: Nullable<string>
    at: Timestamp
  }
  /** Rows that a back office sends and that cannot be read; never what stood in them. */
  dossierAside: {
    source: string
    /** The code, or an HMAC of the row where that cannot be read either. */
    key: string
    code: Nullable<string>
    issues: Json<{ column: string; reason: string }[]>
    firstAt: Timestamp
    lastAt: Timestamp
  }
  dossier: {
    id: string
    code: string
    unitCode: Nullable<string>
    agencyName: string
    procedureCode: Nullable<string>
    procedureName: string
    field: Nullable<string>
    /** National number 1 to 10. */
    state: number
    stateAt: Timestamp
    steps: Json<{ state: number; at: string }[]>
    receivedAt: NullableTimestamp
    dueAt: NullableTimestamp
    /** Of the apology: the one re-appointment that there may be. */
    newDueAt: NullableTimestamp
    lateReason: Nullable<string>
    missingPapers: Json<string[]>
    feeVnd: Nullable<number>
    isFeePaid: Nullable<boolean>
    resultPlace: Nullable<string>
    /** Masked on the way in: the full name is never stored. */
    applicantMasked: string
    /** HMAC of code and last four digits; null: no second factor is known. */
    phoneHash: Nullable<string>
    idHash: Nullable<string>
    ruleVersion: number
    outcome: 'open' | 'on_time' | 'overdue' | 'unknown'
    endedAt: NullableTimestamp
    source: string
    /** When the source says that this held. */
    asOf: Timestamp
    /** Raised by every change that followers are told. */
    version: number
    createdAt: Timestamp
    updatedAt: Timestamp
  }
  dossierFollow: {
    id: string
    dossierId: string
    residentId: string
    level: 'public' | 'full'
    delegatedBy: Nullable<string>
    toldVersion: number
    /** The appointed time that was already reminded of. */
    remindedFor: NullableTimestamp
    createdAt: Timestamp
  }
  dossierDelegation: {
    /** HMAC of the code; the code itself is shown once. */
    codeHash: string
    dossierId: string
    fromResidentId: string
    createdAt: Timestamp
    expiresAt: Timestamp
    usedAt: NullableTimestamp
  }
  procedure: {
    code: string
    nameVi: string
    nameEn: string
    fieldVi: string
    papers: Json<string[]>
    workingDays: Nullable<number>
    timeVi: string
    feeVi: string
    placeVi: string
    isOnline: boolean
    forms: Json<{ name: string; url?: string }[]>
    lifeEvents: string[]
    /** What people say for it, in any spelling. */
    keywords: string[]
    source: string
    sourceDate: string
    /** Not confirmed by the source: shown as an illustration. */
    isIllustration: boolean
    updatedAt: Timestamp
  }
  appointmentDesk: {
    officeId: string
    slotMinutes: number
    /** People at once in one slot. */
    seats: number
    daysAhead: number
    updatedAt: Timestamp
  }
  appointment: {
    id: string
    code: string
    officeId: string
    day: string
    slotAt: Timestamp
    seat: number
    queueNumber: number
    residentId: string
    procedureCode: Nullable<string>
    state: 'booked' | 'arrived' | 'called' | 'served' | 'missed' | 'cancelled'
    calledAt: NullableTimestamp
    remindedAt: NullableTimestamp
    version: number
    createdAt: Timestamp
    updatedAt: Timestamp
  }
}
