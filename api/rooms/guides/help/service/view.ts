import { asKey } from '../../../../../locales/index.ts'
import type { Ctx } from '../../../../context.ts'
import { findHamlet, withKind } from '../../../areas/index.ts'
import { officialNames } from '../../../identity/index.ts'
import { findPublished } from '../../store.ts'
import { isOver } from '../policy/moves.ts'
import type { HelpView } from '../schema.ts'
import type { HelpRow } from '../store.ts'

/** What it is for, in the language of `ctx`; a lesson that is gone meanwhile is something else. */
export async function lessonTitle(ctx: Ctx, lessonId: string | null): Promise<string | null> {
  if (lessonId === null) return null
  const row = await findPublished(ctx.db, lessonId)
  return row?.lesson.title[ctx.language] ?? null
}

export async function hamletName(ctx: Ctx, hamletId: string): Promise<string> {
  const hamlet = await findHamlet(ctx.db, hamletId)
  return hamlet === undefined ? '' : withKind(hamlet)
}

/** A request as its person sees it, in the language of `ctx`. */
export async function viewHelp(ctx: Ctx, row: HelpRow): Promise<HelpView> {
  const { id, state, preferred, takenBy } = row
  const names = await officialNames(ctx, [takenBy])
  return {
    ...{ id, state, preferred },
    stateText: ctx.t(asKey(`guides:help.state.${state}`)),
    preferredText: ctx.t(asKey(`guides:help.preferred.${preferred}`)),
    lesson: await lessonTitle(ctx, row.lessonId),
    hamlet: await hamletName(ctx, row.hamletId),
    member: takenBy === null ? null : (names.get(takenBy) ?? null),
    code: isOver(state) ? null : row.code,
    askedAt: row.createdAt,
    mayCancel: !isOver(state),
  }
}
