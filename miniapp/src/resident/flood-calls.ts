import type { FloodPoint } from '../../../api/rooms/floods/index.ts'
import { postJson, request } from '../shared/api.ts'
import { readText, writeText } from '../shared/storage.ts'

/** Flood points; all reject with `ApiProblem`. */

export type Point = FloodPoint
export type Mark = NonNullable<Point['residents']>['mark']
export const MARKS: readonly Mark[] = ['dry', 'ankle', 'knee', 'waist', 'chest', 'head']

/** Those under water first. */
export const listPoints = async (): Promise<Point[]> =>
  (await request<{ points: Point[] }>('/flood-points')).points

const KEY = 'loa.device'

/** Made once and kept, so that one phone counts once; it names nobody. */
function deviceId(): string {
  const kept = readText(KEY)
  if (kept !== undefined) return kept
  const made = crypto.randomUUID()
  writeText(KEY, made)
  return made
}

export const sayDepth = (id: string, mark: Mark): Promise<void> =>
  postJson(`/flood-points/${encodeURIComponent(id)}/depths`, { mark, device: deviceId() })
