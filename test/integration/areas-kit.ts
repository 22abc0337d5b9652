import type { Actor, Ctx, Db } from '../../api/context.ts'
import { AppError } from '../../api/core/errors.ts'
import { testCtx } from '../harness.ts'

/** The areas room over one database: as the system, and as somebody else. */
export function openAreas(db: Db) {
  const ctx = testCtx(db)
  const as = (actor: Actor): Ctx => testCtx(db, { actor })
  const auditActions = async () => {
    const rows = await db.selectFrom('audit').select('action').orderBy('seq').execute()
    return rows.map(({ action }) => action)
  }
  return { ctx, as, auditActions }
}

export const official = (roles: ('officer' | 'admin')[]): Actor => ({
  kind: 'official',
  officialId: '01900000-0000-7000-8000-000000000001',
  roles,
  capabilities: [],
  unitCode: '19867',
  agencyCode: null,
})

export const errorOf = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof AppError) return error
  throw new Error(`expected an AppError, got ${String(error)}`)
}

/** A point in Quảng Điền. */
export const HOME = { lng: 107.5325, lat: 16.5697 }

export const ROWS = [
  { unitCode: '19867', name: 'Thôn Phước Yên', validFrom: '2025-07-01', lng: 107.53, lat: 16.56 },
  { unitCode: '19867', name: 'Hà Đồ', validFrom: '2025-07-01' },
  { unitCode: '19867', name: 'Thôn Cũ', validFrom: '2025-07-01', validTo: '2026-01-31' },
]
export const hamletSource = { source: 'test' }
