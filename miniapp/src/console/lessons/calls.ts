import type {
  Lesson,
  LessonDesk,
  LessonVersion,
  LessonView,
} from '../../../../api/rooms/guides/schema.ts'
import { postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

export type { Lesson, LessonDesk, LessonVersion, LessonView }

const at = (id: string) => `/console/lessons/${encodeURIComponent(id)}`

export const listLessons = (): Promise<LessonDesk> => guarded(request('/console/lessons'))

export const readVersions = async (id: string): Promise<LessonVersion[]> =>
  (await guarded(request<{ versions: LessonVersion[] }>(`${at(id)}/versions`))).versions

export const previewLesson = (id: string, version: number): Promise<LessonView> =>
  guarded(request(`${at(id)}/versions/${version}`))

/** `version`: the one that was edited; null for a new lesson. */
export const saveDraft = (lesson: Lesson, version: number | null): Promise<{ version: number }> =>
  guarded(postJson('/console/lessons', { lesson, version }))

export const publishLesson = (id: string, version: number): Promise<void> =>
  guarded(postJson(`${at(id)}/publish`, { version }))
