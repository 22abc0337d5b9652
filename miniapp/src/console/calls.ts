import { ApiProblem, postJson, request } from '../shared/api.ts'
import type { CaseView, Official, OfficialMove, Scope, SessionView, WorkList } from './types.ts'

const listeners = new Set<() => void>()

/** Tells the shell that the session is over, whichever call found out. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** A call of somebody who is signed in: a 401 ends that. */
export async function guarded<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (problem) {
    if (problem instanceof ApiProblem && problem.status === 401)
      for (const listener of listeners) listener()
    throw problem
  }
}

export const getOfficial = async (): Promise<Official | null> =>
  (await request<{ official: Official | null }>('/session')).official

export const signOut = (): Promise<void> => request('/session', { method: 'DELETE' })

export const listSessions = async (): Promise<readonly SessionView[]> =>
  (await guarded(request<{ sessions: SessionView[] }>('/sessions'))).sessions

export const revokeSession = (id: string): Promise<void> =>
  guarded(request(`/sessions/${id}`, { method: 'DELETE' }))

export const revokeAllSessions = (): Promise<void> =>
  guarded(request('/sessions', { method: 'DELETE' }))

export function listWork(scope: Scope, cursor?: string): Promise<WorkList> {
  const query = new URLSearchParams({ scope, limit: '50' })
  if (cursor !== undefined) query.set('cursor', cursor)
  return guarded(request<WorkList>(`/console/incidents?${query}`))
}

export const getCase = (id: string): Promise<CaseView> =>
  guarded(request<CaseView>(`/console/incidents/${encodeURIComponent(id)}`))

/** Throws `incidents.stale` when somebody else was quicker; its `changed` says what happened. */
export const moveCase = (id: string, version: number, move: OfficialMove): Promise<CaseView> =>
  guarded(
    postJson<CaseView>(`/console/incidents/${encodeURIComponent(id)}/moves`, { version, move }),
  )

export async function uploadProof(file: File): Promise<string> {
  const body = new FormData()
  body.set('file', file)
  return (await guarded(request<{ mediaId: string }>('/media', { method: 'POST', body }))).mediaId
}
