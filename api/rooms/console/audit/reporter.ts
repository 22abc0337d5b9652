import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan, ViewPerson } from '../../identity/index.ts'
import { findReach, findReporter } from './store.ts'

export const ReporterView = z
  .object({
    reporter: z
      .object({ name: z.string().nullable(), channels: z.array(z.string()), since: z.string() })
      .nullable()
      .describe('Null: nobody is known, or no longer'),
  })
  .meta({ id: 'ReporterView' })
export type ReporterView = z.infer<typeof ReporterView>

/**
 * Who reported a case: for holders of `identity_viewer` in the case's unit, with a reason, and never without a row of
 * the audit in the same transaction. Throws `http.forbidden`, `http.invalid_input`, `incidents.not_found`.
 */
export async function viewReporter(
  ctx: Ctx,
  input: { id: string; reason: string },
): Promise<ReporterView> {
  requireCan(ctx, 'identity.view_reporter')
  const { reason } = parseInput(ViewPerson, input)
  return inTransaction(ctx, async (tx) => {
    const found = isUuid(input.id) ? await findReach(tx.db, input.id) : undefined
    if (found === undefined) throw new AppError('incidents.not_found')
    requireCan(tx, 'identity.view_reporter', found)
    await audit(tx, {
      action: 'identity.view_reporter',
      subjectKind: 'incident',
      subjectId: found.id,
      data: { reason },
    })
    return { reporter: await findReporter(tx.db, found.id) }
  })
}
