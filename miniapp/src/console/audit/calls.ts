import type { AuditPage, SealView } from '../../../../api/rooms/console/index.ts'
import { apiBase, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

export type AuditWish = Readonly<Record<'from' | 'to' | 'action' | 'actor' | 'subject', string>>

const queryOf = (wish: AuditWish) =>
  new URLSearchParams(Object.entries(wish).filter(([, value]) => value !== ''))

export function searchAudit(wish: AuditWish, before?: number): Promise<AuditPage> {
  const query = queryOf(wish)
  if (before !== undefined) query.set('before', String(before))
  return guarded(request<AuditPage>(`/console/audit?${query}`))
}

export const auditFileUrl = (wish: AuditWish): string =>
  `${apiBase()}/console/audit.csv?${queryOf(wish)}`

export const checkSeals = (): Promise<SealView> => guarded(request('/console/audit/seals'))
