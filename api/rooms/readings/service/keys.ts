import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { newSecret, sha256Hex } from '../../../core/ids.ts'
import { localDate } from '../../../core/time.ts'
import { actorId, audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan } from '../../identity/index.ts'
import { KeyInput } from '../schema.ts'
import { findKey, insertKey, listKeys, revokeKeyRow } from '../store/keys.ts'
import { findStations } from '../store/stations.ts'

/** A key with which a logger or gateway writes these stations; the key itself is answered once and never again. */
export async function createStationKey(
  ctx: Ctx,
  input: unknown,
): Promise<{ id: string; key: string }> {
  requireCan(ctx, 'readings.manage')
  const { label, stationCodes } = parseInput(KeyInput, input)
  return inTransaction(ctx, async (tx) => {
    const known = await findStations(tx.db, localDate(tx.now()), stationCodes)
    if (known.length < new Set(stationCodes).size) throw new AppError('readings.not_found')
    const key = newSecret(tx.ports.random)
    const id = tx.newId()
    await insertKey(tx.db, {
      id,
      keyHash: await sha256Hex(key),
      label,
      stationCodes,
      createdAt: tx.now().toISOString(),
      createdBy: actorId(tx.actor),
    })
    await audit(tx, { action: 'readings.key_created', subjectKind: 'reading_key', subjectId: id })
    return { id, key }
  })
}

/** Ends a key; again changes nothing. */
export async function revokeStationKey(ctx: Ctx, input: { id: string }): Promise<void> {
  requireCan(ctx, 'readings.manage')
  await inTransaction(ctx, async (tx) => {
    const wasInForce = await revokeKeyRow(tx.db, input.id, tx.now())
    if (wasInForce === undefined) throw new AppError('readings.not_found')
    if (wasInForce)
      await audit(tx, {
        action: 'readings.key_revoked',
        subjectKind: 'reading_key',
        subjectId: input.id,
      })
  })
}

/** Keys without what they are. */
export async function listStationKeys(ctx: Ctx) {
  requireCan(ctx, 'readings.manage')
  const keys = await listKeys(ctx.db)
  return keys.map(({ keyHash: _hash, createdBy: _by, ...key }) => key)
}

/**
 * What a key may write; undefined when it is none in force. Looked up by hash: what differs in time tells nothing of a
 * 256-bit key.
 */
export async function openByKey(
  ctx: Ctx,
  key: string,
): Promise<{ ctx: Ctx; stationCodes: readonly string[] } | undefined> {
  const row = await findKey(ctx.db, await sha256Hex(key))
  if (row === undefined) return undefined
  return {
    ctx: { ...ctx, actor: { kind: 'system', name: `station-key:${row.id}` } },
    stationCodes: row.stationCodes,
  }
}
