import type { DeskPoint, PointInput } from '../../../../api/rooms/floods/index.ts'
import { postJson, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

export type Point = DeskPoint
export type Input = PointInput & { otherNames: string[] }

const path = (id: string) => `/console/flood-points/${encodeURIComponent(id)}`

export const listDeskPoints = async (): Promise<Point[]> =>
  (await guarded(request<{ points: Point[] }>('/console/flood-points'))).points

export const addPoint = (input: Input): Promise<{ id: string }> =>
  guarded(postJson('/console/flood-points', input))

export const editPoint = (id: string, version: number, input: Input): Promise<void> =>
  guarded(
    request(path(id), {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...input, version }),
    }),
  )

export const closePoint = ({ id, version }: Point): Promise<void> =>
  guarded(postJson(`${path(id)}/close`, { version }))
