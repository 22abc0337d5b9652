import type { Numbers } from '../../../../api/rooms/console/index.ts'
import { apiBase, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'
import type { Filters } from '../desk-location.ts'

export const readNumbers = (query: Filters): Promise<Numbers> =>
  guarded(request<Numbers>(`/console/numbers?${new URLSearchParams(query)}`))

export const fileUrl = (query: Filters, format: 'csv' | 'xlsx'): string =>
  `${apiBase()}/console/numbers.${format}?${new URLSearchParams(query)}`
