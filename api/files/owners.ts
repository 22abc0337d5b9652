import type { Ctx } from '../context.ts'
import { clearOrigin, clearOwner, moveOwner } from './store.ts'

/** Takes a person, or a chat by its key, off their photos; cases that hold the photos keep them. */
export const disownMedia = (
  tx: Ctx,
  owner: { kind: 'conversation' | 'resident'; id: string },
): Promise<void> => clearOwner(tx.db, owner)

/** Hands the photos of one resident to another, after a join. */
export const moveMediaOwner = (tx: Ctx, ids: { from: string; to: string }): Promise<void> =>
  moveOwner(tx.db, ids.from, ids.to)

/** Takes off photos who sent them, and where and when they were taken; the pictures stay. */
export const forgetOrigin = (tx: Ctx, ids: readonly string[]): Promise<void> =>
  clearOrigin(tx.db, ids)
