import { z } from 'zod'

const STATION_KINDS = ['river', 'rain', 'air', 'reservoir', 'tide'] as const
const LocalDay = z.iso.date()
export const StationCode = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,39}$/)
  .meta({ example: 'phu-oc' })
const Name = z.string().trim().min(1).max(120)

const AlarmLevelInput = z.object({
  /** 4 is the highest flood known. */
  stage: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  levelCm: z.number().int().min(-1000).max(30_000),
  validFrom: LocalDay,
  validTo: LocalDay.optional(),
  source: Name,
})

export const StationInput = z
  .object({
    code: StationCode,
    kind: z.enum(STATION_KINDS),
    nameVi: Name,
    nameEn: Name,
    riverVi: Name.optional(),
    nationalCode: z
      .string()
      .regex(/^[\w.-]{1,30}$/)
      .optional(),
    lng: z.number().min(-180).max(180).optional(),
    lat: z.number().min(-90).max(90).optional(),
    unitCodes: z.array(z.string().regex(/^\d{5}$/)).max(40),
    datumVi: Name.optional(),
    datumEn: Name.optional(),
    operatorVi: Name,
    operatorEn: Name,
    source: Name,
    validFrom: LocalDay,
    validTo: LocalDay.optional(),
    alarmLevels: z.array(AlarmLevelInput).max(40).default([]),
  })
  .refine((s) => s.kind === 'river' || s.alarmLevels.length === 0, { path: ['alarmLevels'] })
export type StationInput = z.input<typeof StationInput>

/** Rows of one call; at 10 minutes a station this is a month of one. */
export const BATCH_MAX = 5_000

export const ReadingInput = z.object({
  station: z.string().max(40).meta({ example: 'phu-oc' }),
  property: z.string().max(40).meta({ example: 'water_level' }),
  at: z.iso.datetime({ offset: true }).meta({ example: '2026-11-27T14:00:00+07:00' }),
  value: z.number(),
  unit: z.string().max(20).optional().meta({ description: 'The stored unit when left out' }),
})
export type ReadingInput = z.output<typeof ReadingInput>

export const ReadingBatch = z.object({ readings: z.array(ReadingInput).min(1).max(BATCH_MAX) })

export const Ingested = z
  .object({
    stored: z.number().int(),
    duplicates: z.number().int(),
    corrected: z.number().int(),
    /** Stored, but not used, by why. */
    doubtful: z.record(z.string(), z.number().int()),
    refused: z.array(z.object({ index: z.number().int(), code: z.enum(['not_yours', 'too_old']) })),
  })
  .meta({ id: 'IngestedReadings' })
export type Ingested = z.output<typeof Ingested>

const Standing = z.object({
  kind: z.enum(['below', 'at', 'above', 'unknown']),
  stage: z.number().int().optional().meta({ description: '1 to 3; 4 is the record flood' }),
  byCm: z.number().int().optional(),
})

export const StationView = z
  .object({
    code: z.string(),
    kind: z.enum(STATION_KINDS),
    name: z.string(),
    river: z.string().nullable(),
    tellingUnitCode: z
      .string()
      .nullable()
      .meta({ description: 'The unit to subscribe for, to be told of this station' }),
    lng: z.number().nullable(),
    lat: z.number().nullable(),
    datum: z.string().nullable(),
    operator: z.string(),
    source: z.string(),
    alarmLevels: z.array(
      z.object({ stage: z.number().int(), levelCm: z.number().int(), source: z.string() }),
    ),
  })
  .meta({ id: 'Station' })
export type StationView = z.output<typeof StationView>

export const LatestView = z
  .object({
    station: StationView,
    property: z.string(),
    unit: z.string(),
    value: z.number().nullable(),
    at: z.string().nullable(),
    isStale: z.boolean().meta({ description: 'Silent for too long: not a figure of now' }),
    isStuck: z.boolean().meta({ description: 'The same figure for hours during a flood' }),
    standing: Standing.optional(),
    stage: z.number().int().optional(),
    perHour: z.number().nullable(),
    nextLevel: z
      .object({ stage: z.number().int(), minutesFrom: z.number(), minutesTo: z.number() })
      .optional(),
    text: z.string().meta({ example: 'Sông Bồ tại Phú Ốc: 3,25 m lúc 14:00 27/11/2026' }),
  })
  .meta({ id: 'LatestReading' })
export type LatestView = z.output<typeof LatestView>

export const WatchedStation = LatestView.extend({
  state: z.enum(['never', 'silent', 'stuck', 'heard']),
  silentAfterMinutes: z
    .number()
    .int()
    .meta({ description: 'Without a reading for longer: silent' }),
  stuckSince: z.string().nullable(),
  units: z.array(z.string()).meta({ description: 'Communes that ask for it first' }),
  alarms: z
    .array(
      z.object({
        stage: z.number().int(),
        levelCm: z.number().int().nullable(),
        source: z.string().nullable(),
      }),
    )
    .meta({ description: 'Of a river; a level that nobody confirmed is null' }),
}).meta({ id: 'WatchedStation' })
export type WatchedStation = z.output<typeof WatchedStation>

export const AirView = z
  .object({
    station: StationView,
    at: z.string().nullable(),
    index: z.number().int().nullable(),
    band: z.string().nullable(),
    bandName: z.string().nullable().meta({ example: 'trung bình' }),
    dominant: z.string().nullable(),
    parts: z.record(z.string(), z.number().int()),
    colour: z.string().nullable(),
    isStale: z.boolean(),
    method: z.string(),
    days: z.array(z.object({ date: z.string(), index: z.number().int(), dominant: z.string() })),
  })
  .meta({ id: 'AirQuality' })
export type AirView = z.output<typeof AirView>

export const SeriesQuery = z.object({
  property: z.string().max(40).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  step: z.enum(['raw', 'hour', 'day']).default('raw'),
  format: z.enum(['json', 'csv']).default('json'),
})
export type SeriesQuery = z.output<typeof SeriesQuery>

export const SeriesView = z
  .object({
    station: z.string(),
    property: z.string(),
    unit: z.string(),
    step: z.enum(['raw', 'hour', 'day']),
    points: z.array(
      z.object({
        at: z.string(),
        value: z.number(),
        low: z.number().optional(),
        high: z.number().optional(),
        n: z.number().int().optional(),
        quality: z.string().optional(),
      }),
    ),
    isCut: z.boolean().meta({ description: 'There were more: ask for a shorter time' }),
  })
  .meta({ id: 'Series' })
export type SeriesView = z.output<typeof SeriesView>

export const SourceView = z
  .object({
    url: z.string(),
    checkedAt: z.string().nullable(),
    okAt: z.string().nullable(),
    failures: z.number().int(),
    problem: z.string().nullable().describe('Code of what went wrong the last time'),
  })
  .meta({ id: 'ReadingSource' })
export type SourceView = z.output<typeof SourceView>

export const KeyInput = z.object({
  label: Name,
  stationCodes: z.array(StationCode).min(1).max(200),
})
