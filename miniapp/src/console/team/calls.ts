import type {
  ActivityInput,
  HelpTask,
  MoveHelp,
  TeamBoard,
} from '../../../../api/rooms/guides/index.ts'
import { postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

export type { ActivityInput, HelpTask, MoveHelp, TeamBoard }
export type Activity = TeamBoard['recent'][number]

export const readBoard = (): Promise<TeamBoard> => guarded(request('/console/team'))

export const enterActivity = (activity: ActivityInput): Promise<void> =>
  guarded(postJson('/console/team/activities', activity))

export const dropActivity = (id: string): Promise<void> =>
  guarded(request(`/console/team/activities/${encodeURIComponent(id)}`, { method: 'DELETE' }))

export const listHelpTasks = async (): Promise<HelpTask[]> =>
  (await guarded(request<{ tasks: HelpTask[] }>('/console/team/requests'))).tasks

export const moveHelp = (id: string, move: MoveHelp): Promise<void> =>
  guarded(postJson(`/console/team/requests/${encodeURIComponent(id)}`, move))
