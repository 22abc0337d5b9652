import { z } from 'zod'
import { clean } from '../../../core/text.ts'
import { HELP_STATES } from './policy/moves.ts'

export const FOR_WHOM = ['self', 'relative'] as const
/** When somebody is at home; the member of the team agrees on the hour. */
export const PREFERRED = ['any', 'morning', 'afternoon', 'evening', 'weekend'] as const
/** Why a member could not help. */
export const REASONS = ['not_reached', 'nobody_home', 'solved', 'not_ours'] as const

export const PLACE_MAX = 200
/** A number of Viet Nam as people write it, spaces and dots allowed. */
const PHONE = /^(?:\+?84|0)\d{8,10}$/

export const Phone = z
  .string()
  .max(30)
  .transform((typed) => typed.replace(/[\s.()-]/g, ''))
  .pipe(z.string().regex(PHONE))

export const AskHelp = z.object({
  id: z.uuid().describe('The sender’s own; the same again is the same request'),
  lessonId: z.string().max(40).nullable().describe('What for; null: something else'),
  hamletId: z.uuid(),
  forWhom: z.enum(FOR_WHOM),
  preferred: z.enum(PREFERRED),
  place: z
    .string()
    .transform(clean)
    .pipe(z.string().min(2).max(PLACE_MAX))
    .describe('What the person is called and how the house is found'),
  phone: Phone.nullable(),
})
export type AskHelp = z.input<typeof AskHelp>

/** A request as its person sees it. */
export const HelpView = z
  .object({
    id: z.string(),
    state: z.enum(HELP_STATES),
    stateText: z.string(),
    lesson: z.string().nullable(),
    hamlet: z.string(),
    preferred: z.enum(PREFERRED),
    preferredText: z.string(),
    member: z.string().nullable().describe('Who of the team has it'),
    code: z
      .string()
      .nullable()
      .describe('Four signs that whoever comes says first; none once it is over'),
    askedAt: z.string(),
    mayCancel: z.boolean(),
  })
  .meta({ id: 'HelpRequest' })
export type HelpView = z.output<typeof HelpView>

/** What the form offers. */
export const HelpOffer = z.object({
  hamlets: z.array(z.object({ id: z.string(), name: z.string() })),
  lessons: z.array(z.object({ id: z.string(), title: z.string() })),
})
export type HelpOffer = z.output<typeof HelpOffer>

const MEMBER_MOVES = ['take', 'release', 'finish', 'decline'] as const

export const MoveHelp = z
  .object({ move: z.enum(MEMBER_MOVES), reason: z.enum(REASONS).optional() })
  .refine(({ move, reason }) => (move === 'decline') === (reason !== undefined), {
    path: ['reason'],
  })
export type MoveHelp = z.input<typeof MoveHelp>

/** A request as the team sees it: where exactly and whom to call only for the member who took it. */
export const HelpTask = z.object({
  id: z.string(),
  state: z.enum(HELP_STATES),
  hamletId: z.string(),
  hamlet: z.string(),
  lesson: z.string().nullable(),
  forWhom: z.enum(FOR_WHOM),
  preferred: z.enum(PREFERRED),
  askedAt: z.string(),
  member: z.string().nullable(),
  moves: z.array(z.enum(MEMBER_MOVES)).describe('What the reader may do with it'),
  contact: z
    .object({ place: z.string(), phone: z.string().nullable(), code: z.string() })
    .nullable(),
})
export type HelpTask = z.output<typeof HelpTask>

export const HelpTasks = z
  .object({ tasks: z.array(HelpTask).describe('Own ones first, then those that waited longest') })
  .meta({ id: 'HelpTasks' })
