import { z } from 'zod'

/** The five tasks of the digital team: install the apps, keep people and data safe, teach, spread the services, gather data. */
const TASKS = ['install', 'protect', 'teach', 'spread', 'gather'] as const
/** `training`: of the members themselves; it belongs to no hamlet. */
const ACTIVITY_KINDS = ['session', 'visit', 'training'] as const

const MOST_PEOPLE = 500
const MOST_SHEETS = 5_000

export const ActivityInput = z
  .object({
    id: z.uuid().describe('The sender’s own; the same again counts once'),
    kind: z.enum(ACTIVITY_KINDS),
    task: z.enum(TASKS),
    hamletId: z.uuid().nullable(),
    lessonId: z.string().max(40).nullable().describe('The lesson that was taught, if one was'),
    heldOn: z.iso.date(),
    people: z.int().min(1).max(MOST_PEOPLE).describe('How many learned; nobody’s name'),
    sheets: z.int().min(0).max(MOST_SHEETS).describe('Printed lessons that were handed out'),
  })
  .refine(({ kind, hamletId }) => (kind === 'training') === (hamletId === null), {
    path: ['hamletId'],
  })
export type ActivityInput = z.input<typeof ActivityInput>

const Activity = z.object({
  id: z.string(),
  kind: z.enum(ACTIVITY_KINDS),
  task: z.enum(TASKS),
  hamlet: z.string().nullable(),
  lesson: z.string().nullable(),
  heldOn: z.string(),
  people: z.int(),
  sheets: z.int(),
  mayDrop: z.boolean().describe('Entered by the reader'),
})

const Done = z.object({ task: z.enum(TASKS), times: z.int(), people: z.int() })

export const TeamBoard = z
  .object({
    since: z.string(),
    hamlets: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          tasks: z.array(Done).describe('All five, in their order; `times` 0 is not covered'),
          covered: z.int().describe('Of the five'),
          people: z.int(),
          lastOn: z.string().nullable(),
          help: z
            .object({ asked: z.int(), done: z.int(), waiting: z.int() })
            .describe('Requests for help at home, without those that were called off'),
        }),
      )
      .describe('Least covered first'),
    training: Done.omit({ task: true }).describe('Of the members themselves'),
    recent: z.array(Activity),
    lessons: z
      .array(z.object({ id: z.string(), title: z.string() }))
      .describe('What may be taught'),
  })
  .meta({ id: 'TeamBoard' })
export type TeamBoard = z.output<typeof TeamBoard>
