import type { Generated } from 'kysely'
import type { Nullable, NullableTimestamp, Timestamp } from './columns.ts'

/** Places that go under water. */
export type FloodTables = {
  floodPoint: {
    id: string
    version: Generated<number>
    unitCode: string
    name: string
    /** What else people call it, for questions in a chat. */
    otherNames: string[]
    lng: number
    lat: number
    road: 'open' | 'hard' | 'closed'
    roadAt: Timestamp
    /** What an official states; null: nobody has. */
    depthCm: Nullable<number>
    measuredAt: NullableTimestamp
    source: Nullable<string>
    /** No longer watched. */
    closedAt: NullableTimestamp
    createdAt: Timestamp
    updatedAt: Timestamp
  }
  /** The last word of each person about a point. */
  floodDepth: { pointId: string; sayerHash: string; depthCm: number; saidAt: Timestamp }
}
