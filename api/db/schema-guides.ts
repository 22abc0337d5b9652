import type { Json, Nullable, NullableTimestamp, Timestamp } from './columns.ts'

export type GuideTables = {
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
