import type { ActivityInput, TeamBoard } from '../../../../api/rooms/guides/index.ts'
import { postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

export type { ActivityInput, TeamBoard }
export type Activity = TeamBoard['recent'][number]

export const readBoard = (): Promise<TeamBoard> => guarded(request('/console/team'))

export const enterActivity = (activity: ActivityInput): Promise<void> =>
  guarded(postJson('/console/team/activities', activity))

export const dropActivity = (id: string): Promise<void> =>
  guarded(request(`/console/team/activities/${encodeURIComponent(id)}`, { method: 'DELETE' }))
