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
