import { z } from 'zod'
import { ALERT_KINDS } from '../schema.ts'

/** A warning of another sender, as everybody may read it. */
export const ForeignAlert = z
  .object({
    id: z.string(),
    sender: z.string(),
    senderName: z.string(),
    kind: z.enum(ALERT_KINDS),
    kindLabel: z.string(),
    level: z.number().int(),
    headline: z.string(),
    body: z.string(),
    instruction: z.string(),
    place: z.string(),
    sentAt: z.string(),
    expiresAt: z.string(),
    sourceUrl: z.string(),
  })
  .meta({ id: 'ForeignAlert' })
export type ForeignAlert = z.output<typeof ForeignAlert>

export const ForeignDesk = z
  .object({
    feeds: z.array(
      z.object({
        url: z.string(),
        checkedAt: z.string().nullable(),
        okAt: z.string().nullable(),
        problem: z.string().nullable().describe('Code of what went wrong the last time'),
        unreadable: z.number().int().describe('Documents of the last week that could not be taken'),
      }),
    ),
    alerts: z.array(
      ForeignAlert.extend({
        isPublic: z.boolean().describe('False: an exercise or a test, shown to officials alone'),
        isOurs: z.boolean().describe('It names a place of ours, or no place that we know'),
        draftId: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ForeignDesk' })
export type ForeignDesk = z.output<typeof ForeignDesk>

export const AdoptInput = z.object({ unitCode: z.string().regex(/^\d{5}$/) })
