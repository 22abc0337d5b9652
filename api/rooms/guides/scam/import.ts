import type { Ctx } from '../../../context.ts'
import { localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { listHotlines } from '../../areas/index.ts'
import { requireCan } from '../../identity/index.ts'
import { readScamFile } from './policy/file.ts'
import { ScamFile, type ScamImport } from './schema.ts'
import { saveImported } from './store.ts'

/**
 * Takes a list of known frauds that somebody else keeps, all of it or nothing. What officials here confirmed as
 * official or put aside stays so; the same file again changes nothing. Throws `http.invalid_input`.
 */
export async function importScams(ctx: Ctx, input: ScamFile): Promise<ScamImport> {
  requireCan(ctx, 'guides.manage_scams')
  const { csv, source, sourceOn } = parseInput(ScamFile, input)
  const lines = await listHotlines(ctx.db)
  const own = lines
    .filter(({ confirmed }) => confirmed)
    .map(({ phone }) => phone.replace(/\D/g, ''))
  const { subjects, faults } = readScamFile(csv, own)
  if (faults.length > 0) return { taken: 0, kept: 0, faults }
  return inTransaction(ctx, async (tx) => {
    const at = tx.now()
    const today = localDate(at)
    let taken = 0
    for (const { kind, subject } of subjects) {
      const row = { id: tx.newId(), kind, subject, source, sourceOn, at, today }
      if (await saveImported(tx.db, row)) taken += 1
    }
    await audit(tx, {
      action: 'guides.scams_imported',
      subjectKind: 'scam_list',
      subjectId: sourceOn,
      data: { taken },
    })
    return { taken, kept: subjects.length - taken, faults: [] }
  })
}
