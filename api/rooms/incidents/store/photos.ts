import type { Db } from '../../../context.ts'

export type PhotoRow = { incidentId: string; url: string; tries: number }

/** Notes addresses of photos of a case; those that are known already stay as they are. */
export async function insertPhotos(
  db: Db,
  incidentId: string,
  urls: readonly string[],
  now: Date,
): Promise<void> {
  if (urls.length === 0) return
  await db
    .insertInto('open311Photo')
    .values(
      [...new Set(urls)].map((url) => ({
        ...{ incidentId, url, state: 'waiting' as const, nextTryAt: now, createdAt: now },
      })),
    )
    .onConflict((oc) => oc.columns(['incidentId', 'url']).doNothing())
    .execute()
}

/** Takes the longest waiting ones, each for nobody else until `until`. */
export async function claimPhotos(
  db: Db,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<PhotoRow[]> {
  return db
    .with('due', (cte) =>
      cte
        .selectFrom('open311Photo')
        .select(['incidentId', 'url'])
        .where('state', '=', 'waiting')
        .where('nextTryAt', '<=', now.toISOString())
        .orderBy('nextTryAt')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('open311Photo as photo')
    .from('due')
    .set((eb) => ({ tries: eb('photo.tries', '+', 1), nextTryAt: until }))
    .whereRef('photo.incidentId', '=', 'due.incidentId')
    .whereRef('photo.url', '=', 'due.url')
    .returning(['photo.incidentId', 'photo.url', 'photo.tries'])
    .execute()
}

const ofPhoto = (db: Db, { incidentId, url }: PhotoRow) =>
  db
    .updateTable('open311Photo')
    .where('incidentId', '=', incidentId)
    .where('url', '=', url)
    .where('state', '=', 'waiting')

export async function postponePhoto(db: Db, photo: PhotoRow, nextTryAt: Date): Promise<void> {
  await ofPhoto(db, photo).set({ nextTryAt }).execute()
}

/** False when it was settled before. */
export async function settlePhoto(
  db: Db,
  photo: PhotoRow,
  state: 'done' | 'failed',
): Promise<boolean> {
  const result = await ofPhoto(db, photo).set({ state }).executeTakeFirst()
  return result.numUpdatedRows > 0n
}
