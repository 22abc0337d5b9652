import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid } from '../../../core/ids.ts'
import { addDays, localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { listHamlets } from '../../areas/index.ts'
import { tallyHelp } from '../help/store.ts'
import { listLessons } from '../service/read.ts'
import { memberOf } from './member.ts'
import { boardOf } from './policy.ts'
import { ActivityInput, type TeamBoard } from './schema.ts'
import {
  type ActivityRow,
  deleteActivity,
  findActivity,
  insertActivity,
  listActivities,
  tallyActivities,
} from './store.ts'

/** The board shows a year; what was held longer ago is entered no more. */
const BOARD_DAYS = 365
const RECENT = 30

/** The five tasks by hamlet over a year, and what was entered last. */
export async function readBoard(ctx: Ctx): Promise<TeamBoard> {
  const { me, unitCode } = memberOf(ctx)
  const since = addDays(localDate(ctx.now()), -BOARD_DAYS)
  const hamlets = await listHamlets(ctx.db, unitCode)
  const lessons = (await listLessons(ctx)).map(({ id, title }) => ({ id, title }))
  const recent = await listActivities(ctx.db, unitCode, RECENT)
  return {
    since,
    ...boardOf(
      hamlets,
      await tallyActivities(ctx.db, unitCode, since),
      await tallyHelp(ctx.db, unitCode, since),
    ),
    recent: recent.map((row) => ({
      ...pickShown(row),
      hamlet: hamlets.find(({ id }) => id === row.hamletId)?.name ?? null,
      lesson: lessons.find(({ id }) => id === row.lessonId)?.title ?? row.lessonId,
      mayDrop: row.officialId === me.officialId,
    })),
    lessons,
  }
}

const pickShown = ({ id, kind, task, heldOn, people, sheets }: ActivityRow) => ({
  ...{ id, kind, task, heldOn, people, sheets },
})

/**
 * Enters what was held: how many came, never who. The same id again counts once. Throws `http.invalid_input` for a day
 * ahead or older than the board, a hamlet elsewhere or a lesson that is not there; `http.conflict` for another's id.
 */
export async function enterActivity(ctx: Ctx, input: ActivityInput): Promise<void> {
  const { me, unitCode } = memberOf(ctx)
  const activity = parseInput(ActivityInput, input)
  const today = localDate(ctx.now())
  const hamlets = await listHamlets(ctx.db, unitCode)
  const lessons = await listLessons(ctx)
  const { id, hamletId, lessonId, heldOn } = activity
  const bad = [
    ...(heldOn > today || heldOn < addDays(today, -BOARD_DAYS) ? ['heldOn'] : []),
    ...(hamletId === null || hamlets.some((hamlet) => hamlet.id === hamletId) ? [] : ['hamletId']),
    ...(lessonId === null || lessons.some((lesson) => lesson.id === lessonId) ? [] : ['lessonId']),
  ]
  if (bad.length > 0)
    throw new AppError('http.invalid_input', {
      issues: bad.map((path) => ({ path, code: 'custom' })),
    })
  await inTransaction(ctx, async (tx) => {
    const { officialId } = me
    const row = { ...activity, unitCode, officialId, createdAt: tx.now() }
    if (await insertActivity(tx.db, row)) return note(tx, 'guides.activity_entered', row)
    const known = await findActivity(tx.db, id)
    if (known?.officialId !== officialId) throw new AppError('http.conflict')
  })
}

/** Takes back what the same member entered by mistake. Throws `http.not_found`, also for what others entered. */
export async function dropActivity(ctx: Ctx, id: string): Promise<void> {
  const { me } = memberOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const row = isUuid(id) ? await findActivity(tx.db, id) : undefined
    if (row === undefined || row.officialId !== me.officialId) throw new AppError('http.not_found')
    await deleteActivity(tx.db, id)
    await note(tx, 'guides.activity_dropped', row)
  })
}

const note = (
  tx: Ctx,
  action: string,
  { id, kind, task }: Pick<ActivityRow, 'id' | 'kind' | 'task'>,
) => audit(tx, { action, subjectKind: 'team_activity', subjectId: id, data: { kind, task } })
