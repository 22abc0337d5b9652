import type { Thread, ThreadPhones, Waiting } from '../../../../api/rooms/conversations/index.ts'
import { postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

export const listWaiting = async (): Promise<readonly Waiting[]> =>
  (await guarded(request<{ items: Waiting[] }>('/console/conversations/waiting'))).items

export const readThread = (id: string): Promise<Thread> =>
  guarded(request<Thread>(`/console/conversations/${encodeURIComponent(id)}/thread`))

/** Recorded with its reason. */
export const viewPhones = async (id: string, reason: string): Promise<readonly string[]> =>
  (
    await guarded(
      postJson<ThreadPhones>(`/console/conversations/${encodeURIComponent(id)}/phones`, { reason }),
    )
  ).phones

export const answerPerson = (id: string, text: string): Promise<void> =>
  guarded(postJson(`/console/conversations/${encodeURIComponent(id)}/answers`, { text }))

export const handBack = (id: string): Promise<void> =>
  guarded(request(`/console/conversations/${encodeURIComponent(id)}/hand-back`, { method: 'POST' }))
