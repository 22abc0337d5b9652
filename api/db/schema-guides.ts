import type { Generated } from 'kysely'
import type { Json, Nullable, NullableTimestamp, Timestamp } from './columns.ts'

export type GuideTables = {
  /** What people reported and what officials decided of it. Neither words of a message nor who sent it is kept. */
  scamSubject: {
    id: string
    kind: 'domain' | 'phone' | 'account' | 'pattern'
    /** Host name, digits, or the code of a known fraud. */
    subject: string
    state: 'reported' | 'known_scam' | 'official' | 'dropped'
    times: Generated<number>
    firstOn: string
    lastOn: string
    decidedAt: NullableTimestamp
    /** An official asked for a notice to residents. */
    noticeWantedAt: NullableTimestamp
    /** Of whom, and of which day, the list is that it came with. */
    source: Nullable<string>
    sourceOn: Nullable<string>
    version: Generated<number>
    createdAt: Timestamp
  }
  /** What the community digital team held: how many came, never who. */
  teamActivity: {
    id: string
    unitCode: string
    /** Null: a training of the members themselves. */
    hamletId: Nullable<string>
    kind: 'session' | 'visit' | 'training'
    task: 'install' | 'protect' | 'teach' | 'spread' | 'gather'
    lessonId: Nullable<string>
    heldOn: string
    people: number
    /** Printed lessons that were handed out. */
    sheets: number
    officialId: string
    createdAt: Timestamp
  }
  /** Somebody of the community digital team is to come; once it is over for a while it leads to nobody. */
  helpRequest: {
    id: string
    unitCode: string
    hamletId: string
    /** Null: something else. */
    lessonId: Nullable<string>
    forWhom: 'self' | 'relative'
    preferred: 'any' | 'morning' | 'afternoon' | 'evening' | 'weekend'
    residentId: Nullable<string>
    /** Where it was asked. */
    channel: Nullable<string>
    /** What the person is called and how the house is found. */
    place: Nullable<string>
    phone: Nullable<string>
    /** Four signs by which the person knows who comes. */
    code: Nullable<string>
    state: 'open' | 'taken' | 'done' | 'cannot' | 'cancelled'
    takenBy: Nullable<string>
    /** Why nobody could help. */
    reason: Nullable<string>
    version: Generated<number>
    createdAt: Timestamp
    takenAt: NullableTimestamp
    endedAt: NullableTimestamp
  }
  /** What somebody learned, only while they agree to have it kept; the better result of each lesson. */
  lessonProgress: {
    residentId: string
    lessonId: string
    right: number
    asked: number
    doneOn: string
  }
  /** Every version of a lesson; at most one draft and one published version of each. */
  lessonVersion: {
    lessonId: string
    version: number
    state: 'draft' | 'published' | 'replaced'
    /** Place among the lessons. */
    position: number
    /** `Lesson` of the room's schema. */
    lesson: Json<object>
    /** The day on which it was read through before it was shown; null while it is a draft. */
    reviewedOn: Nullable<string>
    /** Null: shipped with the product. */
    authorId: Nullable<string>
    publishedBy: Nullable<string>
    savedAt: Timestamp
    publishedAt: NullableTimestamp
  }
}
