import { z } from 'zod'

/** A road at a point: all pass, hard to pass, nobody passes. */
export const ROADS = ['open', 'hard', 'closed'] as const
export type Road = (typeof ROADS)[number]

/** Marks of a grown body, lowest first; `dry` is no water. */
export const MARKS = ['dry', 'ankle', 'knee', 'waist', 'chest', 'head'] as const
export type Mark = (typeof MARKS)[number]

const Name = z.string().trim().min(1).max(120)
/** Deeper water than any on a road of the plain. */
const DEPTH_MAX_CM = 1_000
const DepthCm = z.number().int().min(0).max(DEPTH_MAX_CM)

export const PointInput = z.object({
  unitCode: z.string().regex(/^\d{5}$/),
  name: Name,
  otherNames: z.array(Name).max(8).default([]),
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  road: z.enum(ROADS),
  /** What an official measured or was told by whom; null: nobody has. */
  depth: z
    .object({ cm: DepthCm, measuredAt: z.iso.datetime({ offset: true }), source: Name })
    .nullable(),
})
export type PointInput = z.input<typeof PointInput>

const Version = z.object({ version: z.number().int().positive() })
export const EditPoint = PointInput.extend(Version.shape)
export const ClosePoint = Version

export const SayDepth = z.object({
  mark: z.enum(MARKS),
  /** Made once by the page and kept there, so that one phone counts once. */
  device: z.uuid(),
})

export const ListPoints = z.object({
  unitCode: z
    .string()
    .regex(/^\d{5}$/)
    .optional(),
})

const Spread = z
  .object({
    reports: z.number().int(),
    medianCm: z.number().int(),
    lowCm: z.number().int(),
    highCm: z.number().int(),
    mark: z.enum(MARKS),
    lastAt: z.string(),
  })
  .meta({ description: 'What residents said in the last three hours; nobody is named' })

export const FloodPoint = z
  .object({
    id: z.string(),
    name: z.string(),
    unitCode: z.string(),
    unit: z.string(),
    lng: z.number(),
    lat: z.number(),
    road: z.enum(ROADS),
    roadAt: z.string(),
    official: z
      .object({
        cm: z.number().int(),
        mark: z.enum(MARKS),
        measuredAt: z.string(),
        source: z.string(),
        isOld: z.boolean().meta({ description: 'Older than six hours: not a figure of now' }),
      })
      .nullable(),
    residents: Spread.nullable(),
    isFlooded: z.boolean(),
  })
  .meta({ id: 'FloodPoint' })
export type FloodPoint = z.output<typeof FloodPoint>

export const DeskPoint = FloodPoint.extend({
  version: z.number().int(),
  otherNames: z.array(z.string()),
}).meta({ id: 'DeskFloodPoint' })
export type DeskPoint = z.output<typeof DeskPoint>
