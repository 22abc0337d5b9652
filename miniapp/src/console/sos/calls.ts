import type { Board, MoveInput } from '../../../../api/rooms/sos/schema.ts'
import { postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

export const readBoard = (): Promise<Board> => guarded(request<Board>('/console/sos'))

export const moveCall = (id: string, move: MoveInput): Promise<void> =>
  guarded(postJson(`/console/sos/${encodeURIComponent(id)}/moves`, move))
