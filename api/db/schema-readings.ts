import type { Generated } from 'kysely'
import type { Nullable, NullableTimestamp, Timestamp } from './columns.ts'

type Span = {
  seriesId: number
  /** Start of the hour, or of the local day. */
  at: Timestamp
  n: number
  low: number
  high: number
  mean: number
  total: number
}

/** Tables of stations and what they measured. */
export type ReadingTables = {
  readingStation: {
    code: string
    kind: 'river' | 'rain' | 'air' | 'reservoir' | 'tide'
    nameVi: string
    nameEn: string
    riverVi: Nullable<string>
    /** The weather service's own code. */
    nationalCode: Nullable<string>
    lng: Nullable<number>
    lat: Nullable<number>
    /** Units whose people ask for this station. */
    unitCodes: string[]
    datumVi: Nullable<string>
    datumEn: Nullable<string>
    operatorVi: string
    operatorEn: string
    source: string
    validFrom: string
    validTo: Nullable<string>
  }
  readingAlarmLevel: {
    stationCode: string
    /** 1 to 3 báo động; 4 the highest flood known. */
    stage: number
    levelCm: number
    validFrom: string
    validTo: Nullable<string>
    source: string
  }
  readingSeries: {
    id: Generated<number>
    stationCode: string
    property: string
    lastAt: NullableTimestamp
    lastValue: Nullable<number>
    stage: Generated<number>
    belowSince: NullableTimestamp
  }
  reading: {
    seriesId: number
    at: Timestamp
    value: number
    quality: string
    receivedAt: Timestamp
  }
  readingRevision: {
    id: string
    seriesId: number
    at: Timestamp
    value: number
    quality: string
    replacedAt: Timestamp
  }
  readingHour: Span
  readingDay: Span
  /** Hours whose values have to be worked out again. */
  readingDirty: { seriesId: number; at: Timestamp }
  readingKey: {
    id: string
    /** SHA-256; the key itself is shown once. */
    keyHash: string
    label: string
    stationCodes: string[]
    createdAt: Timestamp
    createdBy: Nullable<string>
    revokedAt: NullableTimestamp
  }
  readingSource: {
    url: string
    /** Not asked before; later after each failure. */
    nextAt: Timestamp
    checkedAt: NullableTimestamp
    okAt: NullableTimestamp
    failures: Generated<number>
    /** Code of what went wrong the last time. */
    problem: Nullable<string>
    /** What the far side calls the state that was taken last. */
    version: Nullable<string>
  }
}
