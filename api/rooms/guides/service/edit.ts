import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan, requireOfficial } from '../../identity/index.ts'
import { DRAWING_DATA } from '../data/drawings.ts'
import {
  DRAWINGS,
  type LessonDesk,
  type LessonVersion,
  type LessonView,
  PublishDraft,
  SaveDraft,
} from '../schema.ts'
import {
  insertVersion,
  type LessonRow,
  listVersions,
  lockVersions,
  nextPosition,
  publishRow,
  saveDraftRow,
} from '../store.ts'
import { toView } from './read.ts'

const toVersion = ({ version, state, lesson, reviewedOn, savedAt }: LessonRow): LessonVersion => ({
  ...{ version, state, lesson, reviewedOn, savedAt },
})

/** Every lesson's newest version, drafts too, and the drawings that a step may have. */
export async function listForEditor(ctx: Ctx): Promise<LessonDesk> {
  requireCan(ctx, 'guides.edit')
  const rows = await listVersions(ctx.db)
  const newest = rows.filter((row, i) => rows[i - 1]?.lessonId !== row.lessonId)
  const drawings = DRAWINGS.map((name) => ({ name, alt: DRAWING_DATA[name].alt }))
  return { lessons: newest.map(toVersion), drawings }
}

/** All versions of one lesson, newest first. Throws `guides.not_found`. */
export async function readVersions(ctx: Ctx, id: string): Promise<LessonVersion[]> {
  requireCan(ctx, 'guides.edit')
  const rows = await listVersions(ctx.db, id)
  if (rows.length === 0) throw new AppError('guides.not_found')
  return rows.map(toVersion)
}

/** A version as readers would see it, before it is published. Throws `guides.not_found`. */
export async function previewVersion(
  ctx: Ctx,
  input: { id: string; version: number },
): Promise<LessonView> {
  requireCan(ctx, 'guides.edit')
  const rows = await listVersions(ctx.db, input.id)
  const row = rows.find(({ version }) => version === input.version)
  if (row === undefined) throw new AppError('guides.not_found')
  return toView(ctx, row, row.reviewedOn ?? localDate(ctx.now()))
}

/**
 * Saves a draft that nobody else sees: over the draft there is, or as the next version. The same text again changes
 * nothing. Throws `http.conflict` when `version` is not the newest. Returns the draft's version.
 */
export async function saveLessonDraft(ctx: Ctx, input: SaveDraft): Promise<{ version: number }> {
  requireCan(ctx, 'guides.edit')
  const { officialId } = requireOfficial(ctx)
  const { lesson, version: edited } = parseInput(SaveDraft, input)
  return inTransaction(ctx, async (tx) => {
    const [newest] = await lockVersions(tx.db, lesson.id)
    if ((newest?.version ?? null) !== edited) throw new AppError('http.conflict')
    if (newest !== undefined && JSON.stringify(newest.lesson) === JSON.stringify(lesson))
      return { version: newest.version }
    const draft = { lessonId: lesson.id, lesson, authorId: officialId, savedAt: tx.now() }
    const isOpen = newest?.state === 'draft'
    const version = isOpen ? newest.version : (newest?.version ?? 0) + 1
    if (isOpen) await saveDraftRow(tx.db, { ...draft, version })
    else {
      const position = newest?.position ?? (await nextPosition(tx.db))
      const rest = {
        state: 'draft',
        reviewedOn: null,
        publishedBy: null,
        publishedAt: null,
      } as const
      const isNew = await insertVersion(tx.db, { ...draft, ...rest, version, position })
      if (!isNew) throw new AppError('http.conflict')
    }
    await note(tx, 'guides.draft_saved', lesson.id, version)
    return { version }
  })
}

/**
 * Shows the draft instead of what was shown, as read through today. Published already: nothing happens. Throws
 * `guides.not_found`, `guides.nothing_to_publish`, `http.conflict` when the draft is another version.
 */
export async function publishLesson(
  ctx: Ctx,
  input: { id: string; version: number },
): Promise<void> {
  requireCan(ctx, 'guides.edit')
  const { officialId } = requireOfficial(ctx)
  const { version } = parseInput(PublishDraft, { version: input.version })
  await inTransaction(ctx, async (tx) => {
    const [newest] = await lockVersions(tx.db, input.id)
    if (newest === undefined) throw new AppError('guides.not_found')
    if (newest.version !== version) throw new AppError('http.conflict')
    if (newest.state === 'published') return
    if (newest.state !== 'draft') throw new AppError('guides.nothing_to_publish')
    const at = tx.now()
    await publishRow(tx.db, {
      ...{ lessonId: input.id, version, at },
      publishedBy: officialId,
      reviewedOn: localDate(at),
    })
    await note(tx, 'guides.published', input.id, version)
  })
}

const note = (tx: Ctx, action: string, subjectId: string, version: number) =>
  audit(tx, { action, subjectKind: 'lesson', subjectId, data: { version } })
