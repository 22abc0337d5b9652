import { asKey } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { formatDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan } from '../../identity/index.ts'
import { LIFE_EVENTS, type LifeEvent } from '../policy/life-events.ts'
import { isClear, rankProcedures } from '../policy/procedure-search.ts'
import { type ProcedureView, SaveProcedures } from '../procedure-schema.ts'
import {
  findProcedure,
  listProcedureRows,
  type ProcedureRow,
  saveProcedureRow,
} from '../store/procedures.ts'
import { PORTAL_URL } from './view.ts'

/** Answers that a question offers at most. */
const MAX_HITS = 5

function toView(ctx: Ctx, row: ProcedureRow): ProcedureView {
  const { updatedAt, nameVi, nameEn, fieldVi, timeVi, feeVi, placeVi, keywords, ...rest } = row
  const isEnglish = ctx.language === 'en'
  return {
    ...rest,
    name: isEnglish ? nameEn : nameVi,
    officialName: nameVi,
    field: fieldVi,
    time: timeVi,
    fee: feeVi,
    place: placeVi,
    portalUrl: PORTAL_URL,
    sourceText: ctx.t(
      row.isIllustration ? 'dossiers:procedure.illustration' : 'dossiers:procedure.source',
      { source: row.source, date: formatDate(row.sourceDate) },
    ),
  }
}

/** One procedure. Throws `dossiers.procedure_unknown`. */
export async function getProcedure(ctx: Ctx, code: string): Promise<ProcedureView> {
  const row = await findProcedure(ctx.db, code)
  if (row === undefined) throw new AppError('dossiers.procedure_unknown')
  return toView(ctx, row)
}

/**
 * What a question in plain words means, best first; `isClear` when the first needs no choice. Without words all, by life
 * event when given.
 */
export async function findProcedures(
  ctx: Ctx,
  query: { words?: string | undefined; lifeEvent?: string | undefined },
): Promise<{ isClear: boolean; items: ProcedureView[] }> {
  const { words, lifeEvent } = query
  const rows = (await listProcedureRows(ctx.db)).filter(
    ({ lifeEvents }) => lifeEvent === undefined || lifeEvents.includes(lifeEvent),
  )
  if (words === undefined) return { isClear: false, items: rows.map((row) => toView(ctx, row)) }
  const ranked = rankProcedures(words, rows)
  const items = ranked.slice(0, MAX_HITS).map(({ procedure }) => toView(ctx, procedure))
  return { isClear: isClear(ranked), items }
}

/** What happens in life and has procedures, by name, in the order in which it is offered. */
export async function listLifeEvents(ctx: Ctx): Promise<{ id: LifeEvent; name: string }[]> {
  const known = new Set((await listProcedureRows(ctx.db)).flatMap(({ lifeEvents }) => lifeEvents))
  return LIFE_EVENTS.filter((id) => known.has(id)).map((id) => ({
    id,
    name: ctx.t(asKey(`dossiers:life.${id}`)),
  }))
}

/** Adds or replaces procedures by code, all or none; returns how many. */
export async function saveProcedures(ctx: Ctx, input: SaveProcedures): Promise<number> {
  requireCan(ctx, 'dossiers.manage')
  const { procedures } = parseInput(SaveProcedures, input)
  return inTransaction(ctx, async (tx) => {
    for (const { workingDays = null, ...procedure } of procedures)
      await saveProcedureRow(tx.db, { ...procedure, workingDays, updatedAt: tx.now() })
    await audit(tx, {
      action: 'dossiers.procedures_saved',
      subjectKind: 'procedures',
      subjectId: procedures[0]?.code ?? '',
      data: { count: procedures.length },
    })
    return procedures.length
  })
}
