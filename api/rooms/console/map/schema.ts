import { z } from 'zod'
import { WorkFilter } from '../schema.ts'

export const MapQuery = WorkFilter.omit({ bbox: true }).extend({
  scope: z.enum(['open', 'all']).default('open'),
})
export type MapQuery = z.infer<typeof MapQuery>

/** Bits of a point. */
export const URGENT = 1
export const LATE = 2

const numbers = z.array(z.number())

/** Cases as columns, so that fifty thousand are a few hundred kilobytes; the newest first. */
export const MapPoints = z
  .object({
    at: z.string().describe('Time from which `minutes` count back'),
    since: z.string().describe('Place in the event log before the points were read'),
    hasMore: z.boolean().describe('Older ones were left out'),
    lng: numbers,
    lat: numbers,
    minutes: numbers.describe('Age since receipt'),
    flags: numbers.describe('1: urgent, 2: late'),
  })
  .meta({ id: 'CaseMapPoints' })
export type MapPoints = z.infer<typeof MapPoints>
