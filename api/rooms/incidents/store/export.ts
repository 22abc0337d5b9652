import type { Selectable } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

const COLUMNS = [
  'publicCode',
  'state',
  'category',
  'kind',
  'description',
  'placeText',
  'lng',
  'lat',
  'unitCode',
  'channel',
  'hidesIdentity',
  'answerText',
  'rating',
  'createdAt',
  'answeredAt',
  'closedAt',
] as const

export type ReportExport = Pick<Selectable<Database['incident']>, (typeof COLUMNS)[number]> & {
  mediaIds: string[]
}

/** All cases of a sender with the photos sent along, newest first. */
export async function findReportsOf(db: Db, reporterId: string): Promise<ReportExport[]> {
  const rows = await db
    .selectFrom('incident')
    .select(['id', ...COLUMNS])
    .where('reporterId', '=', reporterId)
    .orderBy('id', 'desc')
    .execute()
  const media =
    rows.length === 0
      ? []
      : await db
          .selectFrom('incidentMedia')
          .select(['incidentId', 'mediaId'])
          .where('role', '=', 'report')
          .where(
            'incidentId',
            'in',
            rows.map(({ id }) => id),
          )
          .execute()
  return rows.map(({ id, ...row }) => ({
    ...row,
    mediaIds: media.filter((m) => m.incidentId === id).map(({ mediaId }) => mediaId),
  }))
}
