import type { Message } from '../../../api/chat/message.ts'
import type { MapPoints } from '../../../api/rooms/console/index.ts'
import type { PublicIncident } from '../../../api/rooms/incidents/schema.ts'
import { ApiProblem, apiBase, postJson, request } from '../shared/api.ts'
import type { Filters } from './desk-location.ts'
import type {
  CaseView,
  Inbox,
  Official,
  OfficialMove,
  RowPage,
  SessionView,
  View,
  WorkList,
} from './types.ts'
import type { Held, Outcome } from './work-list/held.ts'

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

const PAGE_ROWS = '50'

/** One page of a list. The open and the finished ones are cases without notices of their own. */
export async function readList(view: View, filters: Filters, cursor?: string): Promise<RowPage> {
  const query = new URLSearchParams({ ...filters, limit: PAGE_ROWS })
  if (cursor !== undefined) query.set('cursor', cursor)
  if (view === 'inbox') return guarded(request<Inbox>(`/console/inbox?${query}`))
  query.set('scope', view)
  query.delete('source')
  const page = await guarded(request<WorkList>(`/console/incidents?${query}`))
  return { ...page, items: page.items.map((item) => ({ ...item, source: 'case', notices: [] })) }
}

export const readMap = (filters: Filters): Promise<MapPoints> =>
  guarded(request<MapPoints>(`/console/map?${new URLSearchParams(filters)}`))

/** The rows of a list as a file, with the same filters. */
export const rowsUrl = (view: 'open' | 'all', filters: Filters, format: 'csv' | 'xlsx'): string =>
  `${apiBase()}/console/incidents.${format}?${new URLSearchParams({ ...filters, scope: view })}`

/** A page that closes still sends this. */
const KEEP: RequestInit = { method: 'POST', keepalive: true }

/** Sends what was held; how many of its steps did not go because somebody was quicker or a right was missing. */
export async function sendHeld(held: Held): Promise<Outcome> {
  let failed = 0
  if (held.steps.length > 0) {
    const { results } = await guarded(
      request<{ results: { ok: boolean }[] }>('/console/incidents/moves', {
        ...KEEP,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ moves: held.steps }),
      }),
    )
    failed += results.filter(({ ok }) => !ok).length
  }
  const seen = held.noticeIds.map((id) =>
    guarded(request(`/incidents/attention/${encodeURIComponent(id)}/seen`, KEEP)),
  )
  failed += (await Promise.allSettled(seen)).filter(({ status }) => status === 'rejected').length
  return { held, failed }
}

export const getCase = (id: string): Promise<CaseView> =>
  guarded(request<CaseView>(`/console/incidents/${encodeURIComponent(id)}`))

/** Throws `incidents.stale` when somebody else was quicker; its `changed` says what happened. */
export const moveCase = (id: string, version: number, move: OfficialMove): Promise<CaseView> =>
  guarded(
    postJson<CaseView>(`/console/incidents/${encodeURIComponent(id)}/moves`, { version, move }),
  )

export const addNote = (id: string, text: string): Promise<{ id: string }> =>
  guarded(postJson(`/incidents/${encodeURIComponent(id)}/notes`, { text }))

/** Covers these parts of a photo for everybody but officials of the case. */
export const redactPhoto = (
  id: string,
  { mediaId, redactedAt }: CaseView['media'][number],
  boxes: CaseView['media'][number]['boxes'],
): Promise<{ mediaId: string }> =>
  guarded(
    request(`/incidents/${encodeURIComponent(id)}/photos/${mediaId}/redaction`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ boxes, seenAt: redactedAt ?? null }),
    }),
  )

export type PublicView = { isNow: boolean; incident: PublicIncident }
export const readPublicView = (id: string): Promise<PublicView> =>
  guarded(request(`/console/incidents/${encodeURIComponent(id)}/public`))

export type MovePreview = { channel: string; message: Message | null }
/** What the sender would be told after this step; nothing is written. */
export const previewMove = (id: string, move: OfficialMove): Promise<MovePreview> =>
  guarded(postJson(`/console/incidents/${encodeURIComponent(id)}/preview`, { move }))

export const markSeen = (noticeId: string): Promise<{ id: string }> =>
  guarded(request(`/incidents/attention/${encodeURIComponent(noticeId)}/seen`, { method: 'POST' }))

export async function uploadProof(file: File): Promise<string> {
  const body = new FormData()
  body.set('file', file)
  return (await guarded(request<{ mediaId: string }>('/media', { method: 'POST', body }))).mediaId
}
