import type { Board, DeskPage } from '../../../../api/rooms/dossiers/schema.ts'
import { apiBase, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'
import type { Filters } from '../desk-location.ts'

/** What stands behind each figure of the board. */
export const LISTS = ['late', 'due_today', 'still', 'open', 'overdue', 'on_time'] as const
export type ListName = (typeof LISTS)[number]

export const readBoard = (): Promise<Board> => guarded(request('/dossiers/desk/board?by=all'))

export const readRows = (filters: Filters, cursor?: string): Promise<DeskPage> => {
  const query = new URLSearchParams(filters)
  if (cursor !== undefined) query.set('cursor', cursor)
  return guarded(request(`/dossiers/desk/rows?${query}`))
}

export const rowsUrl = (filters: Filters): string =>
  `${apiBase()}/dossiers/desk/rows.csv?${new URLSearchParams(filters)}`
