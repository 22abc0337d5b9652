import type { Ctx } from '../../../context.ts'
import { exportHelp } from '../help/service/keep.ts'

/** What this room keeps about a resident, for them. */
export type GuidesExport = { helpRequests: Awaited<ReturnType<typeof exportHelp>> }

export const exportGuides = async (ctx: Ctx, residentId: string): Promise<GuidesExport> => ({
  helpRequests: await exportHelp(ctx, residentId),
})
