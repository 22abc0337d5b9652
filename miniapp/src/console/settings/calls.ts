import type { Settings } from '../../../../api/rooms/console/index.ts'
import type { DeskSetting } from '../../../../api/rooms/dossiers/index.ts'
import { postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

const ROOT = '/console/settings'

export const readSettings = (): Promise<Settings> => guarded(request(ROOT))

/** Sections that are kept by writing one row of theirs. */
export type Section = 'routes' | 'agencies' | 'hamlets' | 'templates' | 'calendar' | 'populations'

export const saveRow = (
  section: Section | 'ladders' | 'offices' | 'retention',
  row: object,
): Promise<void> =>
  guarded(
    request(`${ROOT}/${section}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(row),
    }),
  )

/** Sections whose rows can be taken off, with what names a row in its address. */
export const REMOVED_BY: Partial<Record<Section, 'date' | 'id'>> = {
  calendar: 'date',
  templates: 'id',
}

export const removeRow = (section: Section, name: string): Promise<void> =>
  guarded(request(`${ROOT}/${section}/${encodeURIComponent(name)}`, { method: 'DELETE' }))

export const saveLadder = (ladder: {
  validFrom: string
  steps: Settings['ladders'][number]['steps']
}): Promise<void> => saveRow('ladders', ladder)

export const createKey = (name: string): Promise<{ name: string; secret: string }> =>
  guarded(postJson(`${ROOT}/keys`, { name }))

export const revokeKey = (name: string): Promise<void> =>
  guarded(request(`${ROOT}/keys/${encodeURIComponent(name)}`, { method: 'DELETE' }))

export type { DeskSetting }
export const readDesks = async (): Promise<DeskSetting[]> =>
  (await guarded(request<{ offices: DeskSetting[] }>('/appointments/desks/settings'))).offices

export const saveDesk = (
  desk: { officeId: string } & NonNullable<DeskSetting['desk']>,
): Promise<void> =>
  guarded(
    request('/appointments/desks', {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(desk),
    }),
  )
