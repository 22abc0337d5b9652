import { z } from 'zod'
import { unknownPlaceholders } from '../../../core/fill-template.ts'
import { CATEGORY_IDS } from '../schema.ts'

/** An answer to begin with. `category` null: any. In the words, `{ma}` and its like stand for facts of the case. */
export const SaveTemplate = z.object({
  id: z.uuid().nullish().describe('Absent: a new one'),
  name: z.string().trim().min(1).max(100),
  category: z.enum(CATEGORY_IDS).nullish(),
  body: z
    .string()
    .trim()
    .min(1)
    .max(3_000)
    .refine((body) => unknownPlaceholders(body).length === 0),
})
export type SaveTemplate = z.input<typeof SaveTemplate>

export const TemplateView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    category: z.string().nullable(),
    body: z.string(),
  })
  .meta({ id: 'AnswerTemplate' })
export type TemplateView = z.infer<typeof TemplateView>
