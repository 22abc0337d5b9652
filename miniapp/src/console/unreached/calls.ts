import type { CallList, UnreachedSummary } from '../../../../api/rooms/delivery/index.ts'
import { postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

export type { CallList }
/** What went to many. */
export type Sent = { kind: 'notices' | 'alerts'; id: string }

const path = ({ kind, id }: Sent) => `/console/${kind}/${encodeURIComponent(id)}`

export const readUnreached = (of: Sent): Promise<UnreachedSummary> =>
  guarded(request<UnreachedSummary>(`${path(of)}/unreached`))

export const callList = (of: Sent, reason: string): Promise<CallList> =>
  guarded(postJson<CallList>(`${path(of)}/call-list`, { reason }))
