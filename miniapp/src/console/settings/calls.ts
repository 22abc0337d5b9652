import type { Settings } from '../../../../api/rooms/console/index.ts'
import { postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

const ROOT = '/console/settings'

export const readSettings = (): Promise<Settings> => guarded(request(ROOT))

/** Sections that are kept by writing one row of theirs. */
export type Section = 'routes' | 'agencies' | 'calendar' | 'populations'

export const saveRow = (section: Section | 'ladders', row: object): Promise<void> =>
  guarded(
    request(`${ROOT}/${section}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(row),
    }),
  )

export const saveLadder = (ladder: {
  validFrom: string
  steps: Settings['ladders'][number]['steps']
}): Promise<void> => saveRow('ladders', ladder)

export const removeDay = (date: string): Promise<void> =>
  guarded(request(`${ROOT}/calendar/${date}`, { method: 'DELETE' }))

export const createKey = (name: string): Promise<{ name: string; secret: string }> =>
  guarded(postJson(`${ROOT}/keys`, { name }))

export const revokeKey = (name: string): Promise<void> =>
  guarded(request(`${ROOT}/keys/${encodeURIComponent(name)}`, { method: 'DELETE' }))
