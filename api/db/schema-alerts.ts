import type { Generated } from 'kysely'
import type { LngLat } from '../core/geo.ts'
import type { Json, Nullable, NullableTimestamp, Timestamp } from './columns.ts'

/** Where a warning holds: whole units, hamlets, and shapes drawn on the map (radius in kilometres). */
export type AlertArea = {
  places: { unitCode: string; hamletId?: string }[]
  polygons: LngLat[][]
  circles: { center: LngLat; radiusKm: number }[]
}

/** Warnings: each row is one message; an issued one never changes but for what came after it. */
export type AlertTables = {
  alert: {
    id: string
    /** The first message of a warning and all that follow it share one. */
    threadId: string
    /** The message that this one updates, ends or cancels. */
    previousId: Nullable<string>
    supersededBy: Nullable<string>
    messageType: 'alert' | 'update' | 'all_clear' | 'cancel'
    state: 'draft' | 'proposed' | 'issued' | 'dropped'
    version: Generated<number>
    unitCode: string
    kind: string
    /** 1 minor to 4 extreme; of a flood the alarm stage. */
    level: number
    /** Set: a measured level, written by itself. */
    stationCode: Nullable<string>
    headlineVi: string
    headlineEn: Nullable<string>
    bodyVi: string
    bodyEn: Nullable<string>
    instructionVi: string
    instructionEn: Nullable<string>
    issuer: Nullable<string>
    signer: Nullable<string>
    documentNo: Nullable<string>
    area: Json<AlertArea>
    onsetAt: NullableTimestamp
    expiresAt: Timestamp
    /** Who wrote it last; somebody else issues it. Null: written by itself. */
    authorId: Nullable<string>
    approvedBy: Nullable<string>
    issuedAt: NullableTimestamp
    dispatchId: Nullable<string>
    dispatchStartedAt: NullableTimestamp
    createdAt: Timestamp
    updatedAt: Timestamp
  }
  /** Rivers whose measured levels are told without asking anybody. */
  alertStation: { stationCode: string; isAutomatic: boolean; changedAt: Timestamp }
  /** Steps of a message in force that officials were reminded of; `told`: how many people. */
  alertReminder: {
    alertId: string
    step: 'unchanged' | 'ending'
    told: number
    toldAt: Timestamp
  }
}
