import type { Ctx } from '../../../context.ts'
import { requireSelf } from '../../identity/index.ts'
import { findNotes, findOfResident } from '../store.ts'

export type CallExport = {
  state: string
  place: string | null
  people: number | null
  vulnerable: readonly string[]
  depthCm: number | null
  phone: string | null
  createdAt: string
  endedAt: string | null
  said: { at: string; text: string }[]
  photos: number
}

/** A resident's calls for rescue, for them. */
export async function exportCalls(ctx: Ctx, residentId: string): Promise<CallExport[]> {
  requireSelf(ctx, residentId)
  const rows = await findOfResident(ctx.db, residentId)
  const notes = await findNotes(
    ctx.db,
    rows.map(({ id }) => id),
  )
  const ofCall = (id: string) => notes.filter(({ caseId }) => caseId === id)
  return rows.map(({ id, placeLabel, placeWords, ...row }) => ({
    state: row.state,
    place: [placeLabel, placeWords].filter((part) => part !== null).join(' – ') || null,
    people: row.people,
    vulnerable: row.vulnerable,
    depthCm: row.depthCm,
    phone: row.phone,
    createdAt: row.createdAt,
    endedAt: row.endedAt,
    said: ofCall(id).flatMap(({ at, text, mediaId }) => (mediaId === null ? [{ at, text }] : [])),
    photos: ofCall(id).filter(({ mediaId }) => mediaId !== null).length,
  }))
}
