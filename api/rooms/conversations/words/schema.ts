import { z } from 'zod'
import { CATEGORY_LABELS, INTENTS } from '../../../understanding/labels.ts'

const Intent = z.enum(INTENTS)
const Category = z.enum(CATEGORY_LABELS)

/** What a message meant. A category belongs to a report, or to a call for rescue. */
export const MisreadLabel = z
  .object({ intent: Intent, category: Category.optional() })
  .refine(
    ({ intent, category }) =>
      category === undefined || intent === 'report_incident' || intent === 'sos',
    { message: 'only a report or a call for rescue has a category', path: ['category'] },
  )
export type MisreadLabel = z.output<typeof MisreadLabel>

export const MisreadList = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        words: z.string().describe('As written, with names, numbers, codes and links masked'),
        language: z.enum(['vi', 'en']),
        guess: z.string(),
        confidence: z.number(),
        times: z.number().int(),
        lastOn: z.string(),
        intent: z.string().nullable(),
        category: z.string().nullable(),
      }),
    ),
    open: z.number().int().describe('How many wait for an explanation'),
    intents: z.array(z.string()),
    categories: z.array(z.string()),
  })
  .meta({ id: 'MisreadList' })
