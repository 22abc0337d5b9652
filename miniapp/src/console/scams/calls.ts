import type { ScamDesk, ScamImport, ScamMove } from '../../../../api/rooms/guides/index.ts'
import { postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

export type ScamRow = ScamDesk['items'][number]
export type ScamState = ScamRow['state']

export const listScams = (state: ScamState): Promise<ScamDesk> =>
  guarded(request(`/console/scams?${new URLSearchParams({ state })}`))

export const moveScam = ({ id, version }: ScamRow, move: ScamMove): Promise<void> =>
  guarded(postJson(`/console/scams/${encodeURIComponent(id)}/moves`, { move, version }))

export const addScam = (subject: string, state: 'known_scam' | 'official'): Promise<unknown> =>
  guarded(postJson('/console/scams', { subject, state }))

export const importScams = (file: {
  csv: string
  source: string
  sourceOn: string
}): Promise<ScamImport> => guarded(postJson('/console/scams/import', file))
