import type { PublicNotice } from '../../../api/rooms/notices/index.ts'
import { apiBase, request } from '../shared/api.ts'

/** Notices of the commune; all reject with `ApiProblem`. */

export type NoticeView = PublicNotice
export type NoticeList = { notices: NoticeView[]; nextCursor?: string }

/** What concerns a unit, newest first. */
export function listNotices(unitCode: string, cursor?: string): Promise<NoticeList> {
  const query = new URLSearchParams({ unitCode, ...(cursor === undefined ? {} : { cursor }) })
  return request<NoticeList>(`/notices?${query}`)
}

export const getNotice = (id: string): Promise<NoticeView> =>
  request<NoticeView>(`/notices/${encodeURIComponent(id)}`)

export const calendarUrl = (id: string): string =>
  `${apiBase()}/notices/${encodeURIComponent(id)}/event.ics`
