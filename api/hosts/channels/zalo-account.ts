import { sql } from 'kysely'
import type { OaTokens, Pin, SendPath, TokenStore } from '../../../bots/zalo-oa/ports.ts'
import type { Db } from '../../context.ts'
import type { ChannelHost } from './channel.ts'

const CHANNEL = 'zalo-oa'
const PURPOSE = 'zalo-oa-tokens'
/** Longer than both refreshes that one turn may make, with their time-outs. */
const LEASE_SECONDS = 60
const WAIT_MS = 200
const TRIES = 100

/**
 * Tokens of an Official Account, sealed under APP_SECRET, behind a lease over all processes (no transaction is open
 * while Zalo is asked), and the path by which it sends.
 */
export function createZaloAccount(host: ChannelHost): TokenStore & Pin {
  const { sealer, log } = host
  const db = () => host.ctx(CHANNEL).db
  const own = (account: string) =>
    db().updateTable('channelAccount').where('channel', '=', CHANNEL).where('account', '=', account)

  const open = (sealed: string | null): OaTokens | undefined => {
    if (sealed === null) return undefined
    try {
      return toTokens(sealer.unseal(PURPOSE, sealed))
    } catch {
      // Another APP_SECRET: only the configured refresh token is left.
      log.error('zalo_oa.tokens_unreadable', {})
      return undefined
    }
  }

  return {
    withLock: async (account, change) => {
      const leaseId = host.ctx(CHANNEL).newId()
      const sealed = await acquire(db(), account, leaseId)
      const release = () =>
        own(account)
          .set({ leaseId: null, leaseUntil: null })
          .where('leaseId', '=', leaseId)
          .execute()
      try {
        const next = await change(open(sealed))
        if (next === undefined) return
        const saved = await own(account)
          .set({ sealed: sealer.seal(PURPOSE, JSON.stringify(next)), updatedAt: sql`now()` })
          .where('leaseId', '=', leaseId)
          .executeTakeFirst()
        if (saved.numUpdatedRows !== 1n) throw new Error('the lease on the tokens was lost')
      } finally {
        await release()
      }
    },
    find: async (account) => {
      const row = await db()
        .selectFrom('channelAccount')
        .select('sendPath')
        .where('channel', '=', CHANNEL)
        .where('account', '=', account)
        .executeTakeFirst()
      return (row?.sendPath ?? undefined) as SendPath | undefined
    },
    save: async (account, sendPath) => {
      await ensure(db(), account)
      await own(account).set({ sendPath, updatedAt: sql`now()` }).execute()
      log.info('zalo_oa.path_pinned', { sendPath })
    },
  }
}

async function ensure(db: Db, account: string): Promise<void> {
  await db
    .insertInto('channelAccount')
    .values({ channel: CHANNEL, account, updatedAt: sql`now()` })
    .onConflict((oc) => oc.columns(['channel', 'account']).doNothing())
    .execute()
}

/** The sealed tokens once nobody else holds them. */
async function acquire(db: Db, account: string, leaseId: string): Promise<string | null> {
  await ensure(db, account)
  for (let tries = 0; tries < TRIES; tries++) {
    const row = await db
      .updateTable('channelAccount')
      .set({ leaseId, leaseUntil: sql`now() + ${LEASE_SECONDS} * interval '1 second'` })
      .where('channel', '=', CHANNEL)
      .where('account', '=', account)
      .where((eb) =>
        eb.or([eb('leaseUntil', 'is', null), eb('leaseUntil', '<', sql<string>`now()`)]),
      )
      .returning('sealed')
      .executeTakeFirst()
    if (row !== undefined) return row.sealed
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
  }
  throw new Error('the tokens are held by another process')
}

function toTokens(text: string): OaTokens {
  const { accessExpiresAt, rotatedAt, ...rest } = JSON.parse(text)
  return {
    ...rest,
    accessExpiresAt: new Date(accessExpiresAt),
    rotatedAt: new Date(rotatedAt),
  }
}
