import type { Board, DeskPage, DraftApology } from '../../../../api/rooms/dossiers/index.ts'
import { apiBase, postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'
import type { Filters } from '../desk-location.ts'

/** What stands behind each figure of the board. */
export const LISTS = ['late', 'due_today', 'still', 'open', 'overdue', 'on_time'] as const
export type ListName = (typeof LISTS)[number]

/** By what the board can be parted. */
export const GROUPS = ['agency', 'unit', 'field', 'state', 'age'] as const
export type GroupName = (typeof GROUPS)[number]

export const FIGURES: Record<ListName, (figures: Board['total']) => number> = {
  late: (figures) => figures.late,
  due_today: (figures) => figures.dueToday,
  still: (figures) => figures.still,
  open: (figures) => figures.open,
  overdue: (figures) => figures.overdue,
  on_time: (figures) => figures.onTime,
}

export const readBoard = (by: GroupName | 'all'): Promise<Board> =>
  guarded(request(`/dossiers/desk/board?by=${by}`))

export const draftApology = (draft: DraftApology): Promise<{ text: string }> =>
  guarded(postJson('/dossiers/desk/apology', draft))

export const readRows = (filters: Filters, cursor?: string): Promise<DeskPage> => {
  const query = new URLSearchParams(filters)
  if (cursor !== undefined) query.set('cursor', cursor)
  return guarded(request(`/dossiers/desk/rows?${query}`))
}

export const rowsUrl = (filters: Filters, format: 'csv' | 'xlsx'): string =>
  `${apiBase()}/dossiers/desk/rows.${format}?${new URLSearchParams(filters)}`
