import type { Ctx } from '../../../context.ts'
import { requireSelf } from '../../identity/index.ts'
import { listAppointmentsOf } from '../store/appointments.ts'
import { listFollows } from '../store/follows.ts'

export type DossiersExport = {
  followed: { code: string; since: string; level: 'public' | 'full'; isDelegated: boolean }[]
  appointments: { code: string; at: string; queueNumber: number; state: string; bookedAt: string }[]
}

/** More than anybody has within the time that appointments are kept. */
const MAX = 1_000

/** What a resident follows and has booked, for them. */
export async function exportDossiers(ctx: Ctx, residentId: string): Promise<DossiersExport> {
  requireSelf(ctx, residentId)
  const follows = await listFollows(ctx.db, residentId)
  const booked = await listAppointmentsOf(ctx.db, residentId, MAX)
  return {
    followed: follows.map(({ follow, dossier }) => ({
      code: dossier.code,
      since: follow.createdAt,
      level: follow.level,
      isDelegated: follow.delegatedBy !== null,
    })),
    appointments: booked.map(({ code, slotAt, queueNumber, state, createdAt }) => ({
      code,
      at: slotAt,
      queueNumber,
      state,
      bookedAt: createdAt,
    })),
  }
}
