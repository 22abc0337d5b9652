import type { Generated, GeneratedAlways } from 'kysely'
import type { Json, Nullable, NullableJson, NullableTimestamp, Timestamp } from './columns.ts'

/** How a term was counted, as it was when it was set: every day from `from` to the due day that is not here counted. */
export type DueBasis = {
  /** First day, not counted. `YYYY-MM-DD`. */
  from: string
  workingDays: number
  skipped: {
    date: string
    why: 'weekend' | 'holiday' | 'compensation' | 'swap_off'
    name?: { vi: string; en: string }
  }[]
  /** Saturdays and Sundays that count because they are worked in exchange. */
  worked: string[]
  /** A day on the way is not yet announced, so that the date may move. */
  isEstimated: boolean
}

/** Cases from intake to rating. */
export type IncidentTables = {
  answerTemplate: {
    id: string
    name: string
    category: Nullable<string>
    body: string
  }
  incident: {
    id: string
    publicCode: string
    state: string
    category: string
    /** Finer kind inside the category (`rooms/incidents/data/kinds.ts`), when one is known. */
    kind: Nullable<string>
    urgency: 'normal' | 'urgent'
    /** NFC, at most 4,000 signs; the resident's own words. */
    description: string
    /** Water at the place, about; of floods and drains alone. */
    depthCm: Nullable<number>
    /** Since when, in the sender's words, and the day in Viet Nam that those mean. */
    timeWords: Nullable<string>
    beganOn: Nullable<string>
    lng: Nullable<number>
    lat: Nullable<number>
    /** How the place was given. */
    placeSource: 'pin' | 'photo' | 'name' | 'hamlet' | 'address'
    placeText: string
    unitCode: Nullable<string>
    hamletId: Nullable<string>
    isPrivatePlace: boolean
    /** The point that the public may know: of a private place the nearest of a fixed grid of about 100 m. */
    publicLng: GeneratedAlways<number | null>
    publicLat: GeneratedAlways<number | null>
    /** Square of 0.01° of the public point: floor(lat·100)·100000 + floor(lng·100). */
    geocell: GeneratedAlways<number | null>
    /** Through which door it came; `phone`, `desk`, `field`: written down by an official for somebody. */
    channel: string
    /** Official who wrote it down for somebody else. */
    takenById: Nullable<string>
    /** Number of the same report in another system; one case for each. */
    externalSource: Nullable<string>
    externalRef: Nullable<string>
    reporterId: Nullable<string>
    /** SHA-256 of the one-time secret that lets the sender act on the case without a session. */
    secretHash: Nullable<string>
    hidesIdentity: boolean
    agencyCode: Nullable<string>
    assigneeId: Nullable<string>
    dueDate: Nullable<string>
    dueBasis: NullableJson<DueBasis>
    /** Steps of the ladder that were taken for this due date; a new date begins anew. */
    escalationStep: Generated<number>
    reasonCode: Nullable<string>
    duplicateOfId: Nullable<string>
    answerText: Nullable<string>
    rating: Nullable<number>
    acceptedAt: NullableTimestamp
    answeredAt: NullableTimestamp
    closedAt: NullableTimestamp
    /** When the retention job took out what leads to the sender. */
    purgedAt: NullableTimestamp
    version: Generated<number>
    createdAt: Timestamp
    updatedAt: Timestamp
  }
  incidentMedia: {
    incidentId: string
    mediaId: string
    role: 'report' | 'proof'
    position: number
  }
  incidentActivity: {
    id: string
    incidentId: string
    at: Timestamp
    actorKind: string
    actorId: Nullable<string>
    kind: string
    fromState: Nullable<string>
    toState: Nullable<string>
    /** Shown to the public. */
    isPublic: boolean
    data: Json<Record<string, string | number | boolean | null>>
  }
  incidentRoute: {
    category: string
    /** Null: any kind of the category. */
    kind: Nullable<string>
    /** Null: any unit. */
    unitCode: Nullable<string>
    agencyCode: string
    dueInWorkingDays: number
    id: string
  }
  /** People who follow a case that somebody else reported. */
  incidentFollow: { incidentId: string; residentId: string; since: Timestamp }
  /** What everybody may read of a case, without marks, to search by. */
  incidentWords: { incidentId: string; words: string }
  /** Earlier cases of the same matter at the same place. */
  incidentRepeat: { incidentId: string; earlierId: string }
  /** What an official should look at; cleared when somebody of the office has moved the case or seen it. */
  incidentAttention: {
    id: string
    incidentId: string
    kind: string
    recipient: 'officer' | 'dispatcher' | 'approver'
    /** The same key again is the same thing: nothing is added. */
    key: string
    at: Timestamp
    clearedAt: NullableTimestamp
    /** When the officials whom it is for were told in their own chats, as far as they have one. */
    toldAt: NullableTimestamp
  }
  /** What happens when a due day nears and passes, from `validFrom` on. */
  incidentLadder: {
    validFrom: string
    step: number
    /** Working days after the due day; negative: before it. */
    afterWorkingDays: number
    recipient: 'officer' | 'dispatcher' | 'approver'
  }
  /** The independent question after closing; read by nobody but in sums. */
  incidentSatisfaction: {
    incidentId: string
    unitCode: Nullable<string>
    agencyCode: Nullable<string>
    askedAt: Timestamp
    answeredAt: NullableTimestamp
    score: Nullable<number>
  }
}
