import type { Ctx } from '../../../context.ts'
import { requireSelf } from '../../identity/index.ts'
import { findReportsOf, type ReportExport } from '../store/export.ts'

export type { ReportExport } from '../store/export.ts'

/** The cases that a resident sent, newest first, for them. */
export async function exportReports(ctx: Ctx, residentId: string): Promise<ReportExport[]> {
  requireSelf(ctx, residentId)
  return findReportsOf(ctx.db, residentId)
}
