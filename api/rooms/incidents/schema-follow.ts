import { z } from 'zod'
import { clean } from '../../core/text.ts'
import {
  CATEGORY_IDS,
  KIND_IDS,
  MAX_DESCRIPTION,
  MAX_REPORT_PHOTOS,
  MediaRef,
  Place,
  PublicIncident,
  ReporterMove,
} from './schema.ts'

/** What somebody is about to report, as far as it says which open cases may be the same. */
export const SimilarQuery = z.object({
  category: z.enum(CATEGORY_IDS),
  kind: z.enum(KIND_IDS).optional(),
  place: Place,
})
export type SimilarQuery = z.infer<typeof SimilarQuery>

export const SimilarIncident = PublicIncident.extend({
  distanceM: z.number().int().optional().describe('To what the public may know of its place'),
}).meta({ id: 'SimilarIncident' })
export type SimilarIncident = z.infer<typeof SimilarIncident>

/** Words of a report that is still being written. */
export const SuggestQuery = z.object({
  text: z
    .string()
    .max(4 * MAX_DESCRIPTION)
    .transform(clean)
    .pipe(z.string().max(MAX_DESCRIPTION)),
})
export type SuggestQuery = z.input<typeof SuggestQuery>

export const Suggestion = z
  .object({
    categories: z
      .array(z.object({ category: z.enum(CATEGORY_IDS), confidence: z.number() }))
      .describe('At most three, best first; none when the words say too little'),
    isUrgent: z.boolean().describe('The words speak of danger'),
  })
  .meta({ id: 'CategorySuggestion' })
export type Suggestion = z.infer<typeof Suggestion>

export const Following = z
  .object({ publicCode: z.string(), followers: z.number().int(), isFollowing: z.boolean() })
  .meta({ id: 'Following' })
export type Following = z.infer<typeof Following>

const code = z.string().max(40)
/** The one-time secret of the case; a signed-in resident needs none for an own case. */
const secret = z.string().min(1).max(100).optional()

export const ActOnOwn = z.object({ code, secret, move: ReporterMove })
export type ActOnOwn = z.infer<typeof ActOnOwn>

export const RateIncident = z.object({
  secret,
  rating: z.number().int().min(1).max(5),
  comment: z.string().trim().min(1).max(500).optional(),
})

const MAX_ADDED = 2_000

/** Words or photos that a sender adds while the case is open. */
export const AddToOwn = z
  .object({
    code,
    secret,
    text: z
      .string()
      .max(4 * MAX_ADDED)
      .transform(clean)
      .pipe(z.string().min(1).max(MAX_ADDED))
      .optional(),
    media: z.array(MediaRef).max(MAX_REPORT_PHOTOS).optional(),
  })
  .refine((added) => added.text !== undefined || (added.media ?? []).length > 0, {
    path: ['text'],
  })
export type AddToOwn = z.input<typeof AddToOwn>

export const AnswerSatisfaction = z.object({
  code,
  secret,
  score: z.number().int().min(1).max(5),
})
export type AnswerSatisfaction = z.infer<typeof AnswerSatisfaction>

export const LookupOwn = z.object({
  cases: z
    .array(z.object({ code, secret: z.string().max(100) }))
    .min(1)
    .max(20),
})
export type LookupOwn = z.infer<typeof LookupOwn>
