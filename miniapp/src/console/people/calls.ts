import type {
  Colleague,
  Delegation,
  Invitation,
  OfficialRecord,
  Shift,
} from '../../../../api/rooms/identity/index.ts'
import { postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

export type Person = Pick<
  OfficialRecord,
  'displayName' | 'roles' | 'capabilities' | 'unitCode' | 'agencyCode'
>

export const listOfficials = async (): Promise<OfficialRecord[]> =>
  (await guarded(request<{ officials: OfficialRecord[] }>('/officials'))).officials

export const invite = (person: Person & { login: string }): Promise<Invitation> =>
  guarded(postJson('/officials', person))

export const reinvite = (id: string): Promise<Invitation> =>
  guarded(postJson(`/officials/${id}/invite`, {}))

export const retire = (id: string): Promise<OfficialRecord> =>
  guarded(postJson(`/officials/${id}/retire`, {}))

export const change = (id: string, person: Person & { version: number }): Promise<OfficialRecord> =>
  guarded(
    request(`/officials/${id}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(person),
    }),
  )

export const listShifts = async (from: Date, days: number): Promise<Shift[]> => {
  const query = new URLSearchParams({ from: from.toISOString(), days: String(days) })
  return (await guarded(request<{ shifts: Shift[] }>(`/duty?${query}`))).shifts
}

export const addShift = (shift: {
  officialId: string
  startsAt: string
  endsAt: string
}): Promise<Shift> => guarded(postJson('/duty', shift))

export const removeShift = (id: string): Promise<void> =>
  guarded(request(`/duty/${id}`, { method: 'DELETE' }))

export const listColleagues = async (): Promise<Colleague[]> =>
  (await guarded(request<{ colleagues: Colleague[] }>('/colleagues'))).colleagues

export const listDelegations = async (): Promise<Delegation[]> =>
  (await guarded(request<{ delegations: Delegation[] }>('/delegations'))).delegations

export const delegate = (wish: {
  toOfficialId: string
  startsAt: string
  endsAt: string
}): Promise<void> => guarded(postJson('/delegations', wish))

export const revokeDelegation = (id: string): Promise<void> =>
  guarded(request(`/delegations/${id}`, { method: 'DELETE' }))

/** The address by which they come from the province's accounts; null: none. */
export const saveProvider = (id: string, email: string | null): Promise<void> =>
  guarded(
    request(`/officials/${id}/provider`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email }),
    }),
  )
