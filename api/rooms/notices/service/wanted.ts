import type { Ctx } from '../../../context.ts'
import { consumeEvents, type DomainEvent } from '../../../db/events.ts'
import { scamWords } from '../../guides/index.ts'
import { insertNotice } from '../store.ts'
import { note } from './draft.ts'

/** Time for somebody to complete it; the writer sets the day that it is good for. */
const DRAFT_MS = 7 * 86_400_000

/**
 * A scam that an official wants told becomes a draft of that official, to everybody of the own unit; it still needs a
 * signer, a number and a second person. How many events were read.
 */
export const draftWanted = (ctx: Ctx): Promise<number> =>
  consumeEvents(ctx, 'notices', async (tx, event) => {
    if (event.kind === 'guides.scam_notice_wanted') await draftOfScam(tx, event)
  })

async function draftOfScam(tx: Ctx, { subjectId, data }: DomainEvent): Promise<void> {
  const { officialId } = data
  const words = await scamWords(tx, subjectId)
  if (words === undefined || typeof officialId !== 'string') return
  const unitCode = typeof data.unitCode === 'string' ? data.unitCode : tx.settings.homeUnitCode
  const now = tx.now()
  const id = tx.newId()
  await insertNotice(tx.db, {
    ...{ id, state: 'draft', kind: 'notices', isEmergency: false, authorId: officialId, unitCode },
    ...{ titleVi: words.vi.title, titleEn: words.en.title },
    ...{ bodyVi: words.vi.body, bodyEn: words.en.body },
    area: JSON.stringify({ places: [{ unitCode }], polygons: [], circles: [] }),
    expiresAt: new Date(now.getTime() + DRAFT_MS),
    ...{ createdAt: now, updatedAt: now },
  })
  await note(tx, id, 'notices.drafted')
}
