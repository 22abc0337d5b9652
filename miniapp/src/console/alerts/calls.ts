import type {
  AlertDesk,
  AreaReach,
  DeskAlert,
  DraftInput,
  ForeignDesk,
} from '../../../../api/rooms/alerts/index.ts'
import { postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

export type Desk = AlertDesk
export type OneAlert = DeskAlert
export type Draft = DraftInput

const path = (id: string) => `/console/alerts/${encodeURIComponent(id)}`
const putJson = (at: string, body: unknown): Promise<void> =>
  request(at, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

export const readDesk = (): Promise<Desk> => guarded(request<Desk>('/console/alerts'))

export const createDraft = (draft: Draft): Promise<{ id: string }> =>
  guarded(postJson('/console/alerts', draft))

export const saveDraft = (id: string, version: number, draft: Draft): Promise<void> =>
  guarded(putJson(path(id), { ...draft, version }))

export type Move = 'propose' | 'return' | 'issue' | 'drop'
export const moveAlert = (
  { id, version }: Pick<OneAlert, 'id' | 'version'>,
  move: Move,
): Promise<void> => guarded(postJson(`${path(id)}/moves`, { move, version }))

export type Follow = 'update' | 'all_clear' | 'cancel'
export const follow = (id: string, as: Follow): Promise<{ id: string }> =>
  guarded(postJson(`${path(id)}/follow`, { as }))

export const setAutomatic = (code: string, isAutomatic: boolean): Promise<void> =>
  guarded(putJson(`/console/alert-stations/${encodeURIComponent(code)}`, { isAutomatic }))

export type Reach = AreaReach
export const readReach = ({ area, kind, level }: Pick<Draft, 'area' | 'kind' | 'level'>) =>
  guarded(postJson<Reach>('/console/alert-reach', { area, kind, level }))

export type Foreign = ForeignDesk
export const readForeign = (): Promise<Foreign> =>
  guarded(request<Foreign>('/console/foreign-alerts'))
export const adoptForeign = (id: string, unitCode: string): Promise<{ id: string }> =>
  guarded(postJson(`/console/foreign-alerts/${encodeURIComponent(id)}/draft`, { unitCode }))

export type NamedUnit = { code: string; fullName: string }
export const listUnits = async (): Promise<NamedUnit[]> =>
  (await guarded(request<{ units: NamedUnit[] }>('/areas'))).units

export type NamedHamlet = { id: string; name: string }
export const listHamlets = async (unitCode: string): Promise<NamedHamlet[]> =>
  (
    await guarded(
      request<{ hamlets: NamedHamlet[] }>(`/areas/${encodeURIComponent(unitCode)}/hamlets`),
    )
  ).hamlets
