import type { Ctx } from '../api/context.ts'
import { type OutboxRow, settleSent } from '../api/db/outbox.ts'

/** Notes that a message was sent; false when its lease was lost meanwhile. */
export type Settler = (row: OutboxRow) => Promise<boolean>

type Waiting = { row: OutboxRow; done: (isOurs: boolean) => void; failed: (why: unknown) => void }

/** Settles what was sent: at once while little goes out, and all that came meanwhile in one statement otherwise. */
export function createSettler(ctx: Ctx): Settler {
  let waiting: Waiting[] = []
  let isWriting = false
  const write = async () => {
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        const rows = batch.map(({ row }) => row)
        const settled = await settleSent(ctx.db, rows, ctx.now())
        for (const { row, done } of batch) done(settled.has(row.id))
      } catch (error) {
        for (const { failed } of batch) failed(error)
      }
    }
    isWriting = false
  }
  return (row) =>
    new Promise((done, failed) => {
      waiting.push({ row, done, failed })
      if (!isWriting) void write()
    })
}
