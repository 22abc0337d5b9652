import type { Ctx } from '../../context.ts'
import { inTransaction } from '../../db/transaction.ts'
import { errorFields } from '../../http/log.ts'
import {
  claimEvent,
  deleteFailed,
  insertEvent,
  type NewEvent,
  putBack,
  type WaitingRow,
} from './waiting-store.ts'

/** Turns taken at once by one process: few, so that taking up new events is never behind them. */
const LANES = 4
const MAX_TRIES = 6
const FIRST_PAUSE_MS = 1_000
const KEPT_DAYS = 30
const DAY_MS = 86_400_000

/** All that an event changes, in the open transaction, by its body as it was signed. */
export type TakeEvent = (tx: Ctx, body: string) => Promise<void>
export type Takers = ReadonlyMap<string, TakeEvent>

/** Keeps an event for its turn, which comes soon after; once this resolves, the platform may be told so. */
export async function noteEvent(ctx: Ctx, event: NewEvent): Promise<void> {
  await insertEvent(ctx.db, event, ctx.now())
  ctx.afterCommit(() => ctx.ports.wake('inbound'))
}

export type TakeOptions = {
  /** Events taken at most; without it all that are due. */
  limit?: number
  isStopping?: () => boolean
  /** Given what to call once more may be due. */
  onWake?: (heard: () => void) => void
}

/**
 * Takes the turns that are due, those of one chat in the order in which they came, several chats at once; resolves to
 * how many. An event and its effects are one transaction. One that fails comes again later and is given up after some
 * tries: it keeps only its own chat waiting.
 */
export function takeWaiting(
  ctxOf: () => Ctx,
  takers: Takers,
  options: TakeOptions = {},
): Promise<number> {
  const { limit = Number.POSITIVE_INFINITY, isStopping = () => false, onWake } = options
  if (takers.size === 0) return Promise.resolve(0)
  const failures: unknown[] = []
  let [taken, lanes, isHeard, isOver] = [0, 0, false, false]
  const mayGoOn = () => taken < limit && !isStopping()
  const lane = async () => {
    do {
      isHeard = false
      while (mayGoOn() && (await takeOne(ctxOf(), takers))) taken += 1
    } while (isHeard && mayGoOn())
  }
  return new Promise((resolve, reject) => {
    const end = () => {
      lanes -= 1
      isOver = lanes === 0
      if (isOver) failures.length > 0 ? reject(failures[0]) : resolve(taken)
    }
    const begin = () => {
      isHeard = true
      if (lanes >= LANES || isOver) return
      lanes += 1
      lane()
        .catch((error: unknown) => failures.push(error))
        .then(end)
    }
    onWake?.(begin)
    begin()
  })
}

/** False: nothing was due. */
async function takeOne(ctx: Ctx, takers: Takers): Promise<boolean> {
  let row: WaitingRow | undefined
  try {
    return await inTransaction(ctx, async (tx) => {
      row = await claimEvent(tx.db, tx.now())
      if (row === undefined) return false
      const actor = { kind: 'system', name: row.channel } as const
      const take = takers.get(row.channel)
      if (take === undefined) throw new Error('the channel is off')
      await take({ ...tx, actor }, row.body)
      return true
    })
  } catch (error) {
    if (row === undefined) throw error
    await comeAgain(ctx, row, error)
    return true
  }
}

async function comeAgain(ctx: Ctx, row: WaitingRow, error: unknown): Promise<void> {
  const { id, channel, tries } = row
  const isLast = tries + 1 >= MAX_TRIES
  ctx.log.error('channel.turn_failed', { id, channel, tries, isLast, ...errorFields(error) })
  const now = ctx.now()
  const runAt = new Date(now.getTime() + FIRST_PAUSE_MS * 4 ** tries)
  await putBack(ctx.db, id, isLast ? null : runAt)
}

/** Daily: forgets what was given up a month ago. */
export const purgeWaiting = (ctx: Ctx): Promise<void> =>
  deleteFailed(ctx.db, new Date(ctx.now().getTime() - KEPT_DAYS * DAY_MS))
