import type { Ctx } from '../../../context.ts'
import { exportHelp } from '../help/service/keep.ts'
import { exportLearning } from '../learn/service.ts'

/** What this room keeps about a resident, for them. */
export type GuidesExport = {
  helpRequests: Awaited<ReturnType<typeof exportHelp>>
  lessons: Awaited<ReturnType<typeof exportLearning>>
}

export const exportGuides = async (ctx: Ctx, residentId: string): Promise<GuidesExport> => ({
  helpRequests: await exportHelp(ctx, residentId),
  lessons: await exportLearning(ctx, residentId),
})
