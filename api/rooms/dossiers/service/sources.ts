import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { newSecret, sha256Hex } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { unitByCode } from '../../areas/index.ts'
import { requireCan } from '../../identity/index.ts'
import { SaveSource, type SourceStanding, type SourceView } from '../import-schema.ts'
import { issueText, pullProblemText } from '../messages/words.ts'
import { type AsideRow, countAsides, listAsides } from '../store/asides.ts'
import { countBySource } from '../store/dossiers.ts'
import { lastTaken, listPulls, type PullRow } from '../store/pulls.ts'
import {
  findSource,
  insertKey,
  listKeys,
  listSources,
  revokeKey,
  saveSource as storeSource,
} from '../store/sources.ts'

/**
 * Makes a source or changes how its columns are read. Throws `http.invalid_input` for a unit that does not exist or a
 * mapping without the three columns that every row needs.
 */
export async function saveSource(ctx: Ctx, input: SaveSource): Promise<SourceView> {
  requireCan(ctx, 'dossiers.manage')
  const source = parseInput(SaveSource, input)
  const { unitCode = null } = source
  if (unitCode !== null && unitByCode(unitCode) === undefined)
    throw new AppError('http.invalid_input', { issues: [{ path: 'unitCode', code: 'custom' }] })
  return inTransaction(ctx, async (tx) => {
    await storeSource(tx.db, { ...source, unitCode, now: tx.now() })
    await audit(tx, {
      action: 'dossiers.source_saved',
      subjectKind: 'dossier_source',
      subjectId: source.name,
      fields: Object.keys(source.mapping),
      data: { unitCode },
    })
    return { ...source, unitCode }
  })
}

/** Rows aside that are named, of all sources together; the rest is counted. */
const ASIDES = 200

/** Where dossiers come from, when each last brought something, and how those stand that are asked. */
export async function listDossierSources(ctx: Ctx): Promise<SourceStanding[]> {
  requireCan(ctx, 'dossiers.manage')
  const { db } = ctx
  const taken = new Map((await lastTaken(db)).map(({ source, at }) => [source, at]))
  const pulls = new Map((await listPulls(db)).map((pull) => [pull.source, pull]))
  const counts = new Map((await countBySource(db)).map(({ source, count }) => [source, count]))
  const bad = new Map((await countAsides(db)).map(({ source, count }) => [source, count]))
  const asides = await listAsides(db, ASIDES)
  const rows = await listSources(db)
  return rows.map(({ name, unitCode, agencyName, mapping }) => ({
    ...{ name, unitCode, agencyName, mapping },
    lastTakenAt: taken.get(name) ?? null,
    pull: pullStanding(ctx, pulls.get(name)),
    dossiers: counts.get(name) ?? 0,
    asideCount: bad.get(name) ?? 0,
    aside: asides.filter(({ source }) => source === name).map((row) => asideView(ctx, row)),
  }))
}

function pullStanding({ t }: Ctx, pull: PullRow | undefined): SourceStanding['pull'] {
  if (pull === undefined) return null
  const { url, sealedKey, checkedAt, okAt, nextAt, problem } = pull
  const problemText = problem === null ? null : pullProblemText(t, problem)
  return { url, hasKey: sealedKey !== null, checkedAt, okAt, nextAt, problem, problemText }
}

const asideView = (
  { t }: Ctx,
  { code, firstAt, lastAt, issues }: AsideRow,
): SourceStanding['aside'][number] => ({
  code,
  firstAt,
  lastAt,
  issues: issues.map((one) => ({ ...one, text: issueText(t, one.reason) })),
})

/** A key with which a back office may push; shown this once. Throws `dossiers.source_unknown`. */
export async function createKey(
  ctx: Ctx,
  input: { source: string },
): Promise<{ id: string; key: string }> {
  requireCan(ctx, 'dossiers.manage')
  const key = newSecret(ctx.ports.random)
  const secretHash = await sha256Hex(key)
  return inTransaction(ctx, async (tx) => {
    const { source } = input
    if ((await findSource(tx.db, source)) === undefined)
      throw new AppError('dossiers.source_unknown', { params: { source } })
    const id = tx.newId()
    await insertKey(tx.db, { id, source, secretHash, createdAt: tx.now() })
    await audit(tx, {
      action: 'dossiers.key_made',
      subjectKind: 'dossier_source',
      subjectId: source,
      data: { keyId: id },
    })
    return { id, key }
  })
}

export async function listSyncKeys(ctx: Ctx): ReturnType<typeof listKeys> {
  requireCan(ctx, 'dossiers.manage')
  return listKeys(ctx.db)
}

/** Ends a key at once. Throws `http.not_found` when it is none or ended already. */
export async function endKey(ctx: Ctx, id: string): Promise<void> {
  requireCan(ctx, 'dossiers.manage')
  await inTransaction(ctx, async (tx) => {
    if (!(await revokeKey(tx.db, id, tx.now()))) throw new AppError('http.not_found')
    await audit(tx, { action: 'dossiers.key_revoked', subjectKind: 'dossier_key', subjectId: id })
  })
}
