import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { UNITS } from '../data/units.ts'
import {
  type BoundaryLevel,
  type BoundaryWarning,
  checkBoundaries,
  type FeatureKey,
  textOf,
  unitKey,
} from '../policy/boundaries.ts'
import { checkHamlets, type Hamlet, overlapsOf } from '../policy/hamlet-file.ts'
import { areaKey } from '../policy/spelling.ts'
import type { HamletRowInput } from '../schema.ts'
import {
  type HamletRecord,
  insertHamlet,
  selectAllHamlets,
  selectBoundaryCodes,
  selectHamlets,
  updateHamlet,
  upsertBoundary,
} from '../store.ts'
import { requireKeeper } from './access.ts'

/** Hamlet features by `hamletId`, by `code`, or by `unitCode` and `name`; the boundary is kept under the hamlet's id. */
function hamletKey(hamlets: readonly HamletRecord[]): FeatureKey {
  return (properties) => {
    const said = textOf(properties.hamletId) || textOf(properties.code)
    const unitCode = textOf(properties.unitCode)
    const name = areaKey(textOf(properties.name))
    const found = hamlets.filter((hamlet) =>
      said === ''
        ? hamlet.unitCode === unitCode && hamlet.folded === name
        : hamlet.id === said || hamlet.code === said,
    )
    return {
      said: said || `${unitCode} ${name}`,
      code: found.length === 1 ? found[0]?.id : undefined,
    }
  }
}

export type BoundaryImport = {
  imported: number
  /** Units that still have no boundary; empty at level `hamlet`. */
  missing: string[]
  warnings: BoundaryWarning[]
}

/**
 * Writes the boundaries of a GeoJSON file, all or nothing; a unit or hamlet that had one gets the new one. Unit
 * features carry `code`, hamlet features `hamletId`, `code` or `unitCode` and `name`. Throws `areas.invalid_import`
 * with an issue for each bad feature.
 */
export async function importBoundaries(
  ctx: Ctx,
  text: string,
  options: { level: BoundaryLevel; source: string },
): Promise<BoundaryImport> {
  requireKeeper(ctx)
  const { level, source } = options
  return inTransaction(ctx, async (tx) => {
    const keyOf =
      level === 'unit' ? unitKey : hamletKey(await selectHamlets(tx.db, localDate(tx.now())))
    const { boundaries, issues, warnings } = checkBoundaries(text, level, keyOf)
    if (issues.length > 0) throw new AppError('areas.invalid_import', { issues })
    const importedAt = tx.now()
    for (const boundary of boundaries) {
      await upsertBoundary(tx.db, { id: tx.newId(), level, boundary, source, importedAt })
    }
    await audit(tx, {
      action: 'areas.boundaries_imported',
      subjectKind: 'area_boundary',
      subjectId: level,
      data: { count: boundaries.length },
    })
    const codes = new Set(level === 'unit' ? await selectBoundaryCodes(tx.db, 'unit') : [])
    const missing =
      level === 'unit' ? UNITS.map((unit) => unit.code).filter((code) => !codes.has(code)) : []
    return { imported: boundaries.length, missing, warnings }
  })
}

const sameKey = (a: Hamlet, b: Hamlet) =>
  a.unitCode === b.unitCode && a.name === b.name && a.validFrom === b.validFrom

const FIELDS = ['code', 'folded', 'kind', 'lng', 'lat', 'validTo'] as const
const isSame = (row: HamletRecord, hamlet: Hamlet) =>
  FIELDS.every((field) => row[field] === hamlet[field])

/**
 * Adds or updates dated hamlets from CSV text, JSON text or rows (fields of `HamletRow`), all or nothing; the key is
 * unit, name and first day, so the same file twice changes nothing. Throws `areas.invalid_import` with an issue for
 * each bad row, also when a hamlet would overlap one of the same name that is already there.
 */
export async function importHamlets(
  ctx: Ctx,
  input: string | readonly HamletRowInput[],
  options: { source: string },
): Promise<{ inserted: number; updated: number; unchanged: number }> {
  requireKeeper(ctx)
  const { hamlets, issues } = checkHamlets(input)
  if (issues.length > 0) throw new AppError('areas.invalid_import', { issues })
  return inTransaction(ctx, async (tx) => {
    const rows = await selectAllHamlets(tx.db)
    const kept = rows.filter((row) => !hamlets.some((hamlet) => sameKey(row, hamlet)))
    const clashes = overlapsOf([...kept, ...hamlets])
      .filter((at) => at >= kept.length)
      .map((at) => ({ path: `rows.${at - kept.length}.name`, code: 'duplicate' }))
    if (clashes.length > 0) throw new AppError('areas.invalid_import', { issues: clashes })
    const count = { inserted: 0, updated: 0, unchanged: 0 }
    for (const hamlet of hamlets) {
      const row = rows.find((other) => sameKey(other, hamlet))
      if (row === undefined) {
        await insertHamlet(tx.db, tx.newId(), hamlet, options.source)
        count.inserted += 1
      } else if (isSame(row, hamlet)) count.unchanged += 1
      else {
        await updateHamlet(tx.db, row.id, hamlet, options.source)
        count.updated += 1
      }
    }
    if (count.inserted + count.updated > 0) {
      await audit(tx, {
        action: 'areas.hamlets_imported',
        subjectKind: 'area_hamlet',
        subjectId: 'import',
        data: count,
      })
    }
    return count
  })
}
