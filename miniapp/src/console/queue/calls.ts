import type { Queue, QueueItem } from '../../../../api/rooms/dossiers/index.ts'
import { postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

export type { Queue, QueueItem }
export type Move = QueueItem['next'][number]

export const readQueue = (query: { officeId?: string; day?: string }): Promise<Queue> =>
  guarded(request(`/appointments/queue?${new URLSearchParams(query)}`))

export const callNext = (officeId: string): Promise<{ called: QueueItem | null }> =>
  guarded(postJson('/appointments/queue/next', { officeId }))

export const move = (id: string, to: Move): Promise<void> =>
  guarded(postJson(`/appointments/${id}/state`, { to }))
