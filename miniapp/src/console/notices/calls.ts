import type {
  DeskNotice,
  NoticeDesk,
  NoticeFailures,
  NoticeForecast,
  NoticeInput,
  NoticeMove,
  NoticeProgress,
} from '../../../../api/rooms/notices/index.ts'
import type { Preview } from '../../chat/channels/frame.tsx'
import { apiBase, postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

export type Desk = NoticeDesk
export type OneNotice = DeskNotice
export type Draft = NoticeInput
export type Move = NoticeMove
export type Forecast = NoticeForecast
export type Progress = NoticeProgress & { perSecond?: number; secondsLeft?: number | null }

const path = (id: string) => `/console/notices/${encodeURIComponent(id)}`

export const readDesk = (): Promise<Desk> => guarded(request<Desk>('/console/notices'))

export const createDraft = (draft: Draft): Promise<{ id: string }> =>
  guarded(postJson('/console/notices', draft))

export const saveDraft = (id: string, version: number, draft: Draft): Promise<void> =>
  guarded(
    request(path(id), {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...draft, version }),
    }),
  )

export const moveNotice = (
  { id, version }: Pick<OneNotice, 'id' | 'version'>,
  move: Move,
  reason?: string,
): Promise<void> =>
  guarded(
    postJson(`${path(id)}/moves`, { move, version, ...(reason === undefined ? {} : { reason }) }),
  )

export const forecast = (id: string): Promise<Forecast> =>
  guarded(request<Forecast>(`${path(id)}/forecast`))

export const sendTest = (id: string): Promise<{ chats: number }> =>
  guarded(postJson(`${path(id)}/test`, {}))

export const readFailures = (id: string): Promise<NoticeFailures> =>
  guarded(request<NoticeFailures>(`${path(id)}/failures`))

export const retryNotice = (id: string): Promise<{ recipients: number }> =>
  guarded(postJson(`${path(id)}/retry`, {}))

export const previewOf = async (
  messages: readonly Forecast['messages'][number]['message'][],
): Promise<Preview[]> =>
  (await postJson<{ channels: Preview[] }>('/chat/preview', { messages })).channels

/** Calls `tell` with each change of a running notice until the answered function is called. */
export function follow(id: string, tell: (progress: Progress) => void): () => void {
  const line = new EventSource(`${apiBase()}${path(id)}/stream`)
  line.addEventListener('progress', ({ data }) => tell(JSON.parse(data)))
  return () => line.close()
}
