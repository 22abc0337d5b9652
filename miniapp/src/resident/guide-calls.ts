import type { LearningView } from '../../../api/rooms/guides/index.ts'
import type { LessonAnswer, LessonCard, LessonView } from '../../../api/rooms/guides/schema.ts'
import { apiBase, postJson, request } from '../shared/api.ts'

/** Lessons of digital skills; all reject with `ApiProblem`. */

export type { LearningView, LessonAnswer, LessonCard, LessonView }

export const listLessons = async (): Promise<LessonCard[]> =>
  (await request<{ lessons: LessonCard[] }>('/lessons')).lessons

export const readLesson = (id: string): Promise<LessonView> =>
  request<LessonView>(`/lessons/${encodeURIComponent(id)}`)

/** The question goes in the body, so that it stands in no address and no log. */
export const searchLessons = (q: string): Promise<LessonAnswer> =>
  postJson<LessonAnswer>('/lessons/search', { q })

export const drawingUrl = (name: string): string => `${apiBase()}/lesson-drawings/${name}`

export const keepLesson = (
  id: string,
  done: { answers: number[]; consentVersion?: number },
): Promise<LearningView> => postJson(`/lessons/${encodeURIComponent(id)}/done`, done)

export const readLearning = (): Promise<LearningView> => request('/learning')

export const forgetLearning = (): Promise<void> => request('/learning', { method: 'DELETE' })
