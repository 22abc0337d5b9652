import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { findTerms, termOn } from '../../../db/retention.ts'
import { FIXED, RETENTION, TERMS, type TermClass } from '../../../db/retention-table.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan } from '../../identity/index.ts'
import { type RetentionView, SaveRetention } from './schema.ts'
import { upsertTerm } from './store.ts'

/** Every class of data with the term that works today; first those that may be changed. Throws as `readSettings`. */
export async function listRetention(ctx: Ctx): Promise<RetentionView[]> {
  requireCan(ctx, 'areas.manage')
  const today = localDate(ctx.now())
  const dated = await findTerms(ctx.db)
  const chosen = (Object.keys(TERMS) as TermClass[]).map((kept): RetentionView => {
    const own = dated.filter((term) => term.kept === kept)
    const { days: shipped, least, most } = TERMS[kept]
    const later = own
      .filter(({ validFrom }) => validFrom > today)
      .map(({ validFrom, days }) => ({ validFrom, days }))
    return { kept, days: termOn(kept, own, today), choice: { shipped, least, most, later } }
  })
  const fixed = FIXED.map((kept): RetentionView => {
    return { kept, days: RETENTION.find((row) => row.kept === kept)?.days ?? null }
  })
  return [...chosen, ...fixed]
}

const wrong = (path: 'days' | 'validFrom') =>
  new AppError('http.invalid_input', { issues: [{ path, code: 'invalid_value' }] })

/**
 * Dates a term of a class; the same day again replaces it, the same term again changes nothing. It begins tomorrow at
 * the earliest, for what a night deletes does not come back. Throws `http.invalid_input` outside the bounds, and as
 * `readSettings`.
 */
export async function saveRetention(ctx: Ctx, input: SaveRetention): Promise<void> {
  requireCan(ctx, 'areas.manage')
  const term = parseInput(SaveRetention, input)
  const { kept, validFrom, days } = term
  const { least, most } = TERMS[kept]
  if (days < least || days > most) throw wrong('days')
  if (validFrom <= localDate(ctx.now())) throw wrong('validFrom')
  await inTransaction(ctx, async (tx) => {
    if (!(await upsertTerm(tx.db, term))) return
    await audit(tx, {
      action: 'console.save_retention',
      subjectKind: 'retention_term',
      subjectId: kept,
      fields: ['days'],
      data: { validFrom, days },
    })
  })
}
