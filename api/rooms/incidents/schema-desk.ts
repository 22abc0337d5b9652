import { z } from 'zod'
import { isLocalDate } from '../../core/time.ts'
import { CATEGORY_IDS, KIND_IDS, STATES, URGENCIES } from './schema.ts'

/** A remark that stays with the desk. */
export const AddNote = z.object({ id: z.uuid(), text: z.string().trim().min(1).max(2_000) })
export type AddNote = z.infer<typeof AddNote>

export const ATTENTION_KINDS = [
  'urgent',
  'reopened',
  'not_our_task',
  'info',
  'comment',
  'photos',
  'due_soon',
  'late',
] as const

const Recipient = z.enum(['officer', 'dispatcher', 'approver'])

/** Something about a case that an official has not noticed yet. */
export const AttentionItem = z
  .object({
    id: z.uuid(),
    incidentId: z.uuid(),
    kind: z.enum(ATTENTION_KINDS),
    recipient: Recipient,
    at: z.string(),
    publicCode: z.string(),
    state: z.enum(STATES),
    category: z.enum(CATEGORY_IDS),
    urgency: z.enum(URGENCIES),
    dueDate: z.string().nullable(),
  })
  .meta({ id: 'AttentionItem' })
export type AttentionItem = z.infer<typeof AttentionItem>

const LadderStep = z.object({
  afterWorkingDays: z
    .number()
    .int()
    .min(-20)
    .max(60)
    .describe('Working days after the due day; negative: before it'),
  recipient: Recipient,
})

/** What happens as a due day nears and passes, in order, from a day on. */
export const SaveLadder = z.object({
  validFrom: z.string().refine(isLocalDate).describe('Today or later'),
  steps: z
    .array(LadderStep)
    .min(1)
    .max(10)
    .refine((steps) =>
      steps.every(
        (step, i) => i === 0 || step.afterWorkingDays > (steps[i - 1]?.afterWorkingDays ?? 0),
      ),
    ),
})
export type SaveLadder = z.infer<typeof SaveLadder>

export const LadderView = z
  .object({
    validFrom: z.string().nullable().describe('Null: what ships'),
    isNow: z.boolean().describe('Works today; the others come later'),
    steps: z.array(LadderStep),
  })
  .meta({ id: 'LadderView' })
export type LadderView = z.infer<typeof LadderView>

export const SaveRoute = z.object({
  category: z.enum(CATEGORY_IDS),
  /** One of the category's kinds; null: all of them. */
  kind: z.enum(KIND_IDS).nullable().default(null),
  unitCode: z.string().max(10).nullable(),
  agencyCode: z.string().min(1).max(60),
  dueInWorkingDays: z.number().int().min(1).max(60).default(7),
})
export type SaveRoute = z.input<typeof SaveRoute>

/** Answers to the independent question; never fewer than five together. */
export const SatisfactionSum = z
  .object({
    unitCode: z.string().nullable(),
    agencyCode: z.string().nullable(),
    agencyName: z.string().nullable(),
    answers: z.number().int().describe('A multiple of five'),
    average: z.number().describe('1 to 5, one decimal'),
    satisfied: z.number().int().describe('How many gave 4 or 5'),
  })
  .meta({ id: 'SatisfactionSum' })
export type SatisfactionSum = z.infer<typeof SatisfactionSum>

const share = z.number().min(0).max(1)
const length = z.number().positive().max(1)
/** Faces and plates of one photo are few; more is somebody else's program. */
const MOST_BOXES = 60

/** A part of a photo to be covered, as shares of its width and height from the upper left corner. */
export const PhotoBox = z
  .object({ x: share, y: share, width: length, height: length })
  .refine((box) => box.x < 1 && box.y < 1)
  .meta({ id: 'PhotoBox' })

export const RedactPhoto = z.object({
  id: z.uuid(),
  mediaId: z.uuid(),
  boxes: z.array(PhotoBox).max(MOST_BOXES).describe('All that is to be covered; none: nothing'),
  seenAt: z.string().max(40).nullable().describe('Time of the redaction that was seen, if any'),
})
export type RedactPhoto = z.infer<typeof RedactPhoto>
