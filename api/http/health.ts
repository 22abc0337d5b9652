import type { Context } from 'hono'
import { Hono } from 'hono'
import { sql } from 'kysely'
import type { Deps } from '../app.ts'
import type { Db } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { pendingMigrations } from '../db/migrate.ts'
import { type PlanUsage, readPlanUsage } from '../db/plan-usage.ts'
import type { HttpEnv } from './kit.ts'
import type { Gauge } from './meter.ts'
import { addressSet, callerAddress, isLoopback } from './remote.ts'

/** A database that does not answer within this time counts as down. */
const CHECK_MS = 2_000

type Queue = { lane: string; state: string; count: number; oldestSeconds: number }

/** Messages not yet settled, by lane; `leased` is with a sender, `later` waits for its time. */
async function readQueue(db: Db, now: Date): Promise<Queue[]> {
  const at = now.toISOString()
  const rows = await db
    .selectFrom('outbox')
    .select((eb) => [
      'lane',
      sql<string>`case when lease_until > ${at}::timestamptz then 'leased'
        when run_at > ${at}::timestamptz then 'later' else 'due' end`.as('state'),
      eb.fn.countAll<number>().as('count'),
      eb.fn.min('createdAt').as('oldest'),
    ])
    .where('state', '=', 'queued')
    .groupBy(['lane', sql.raw('2')])
    .execute()
  return rows.map((r) => ({
    lane: r.lane,
    state: r.state,
    count: Number(r.count),
    oldestSeconds: Math.max(0, (now.getTime() - Date.parse(r.oldest)) / 1000),
  }))
}

/** Of the channel whose plan is small; none while it is off. */
const readPlan = async (deps: Deps, db: Db): Promise<PlanUsage[]> =>
  (deps.channels()['zalo-bot'] ?? 'off') === 'off' ? [] : readPlanUsage(db, deps.now())

const within = <T>(work: Promise<T>, ms: number): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

async function readiness(deps: Deps, db: Db) {
  const told = { channels: deps.channels(), storage: deps.ports.storage === null ? 'off' : 'on' }
  try {
    const pending = await within(pendingMigrations(db), CHECK_MS)
    const queue = pending.length === 0 ? await within(readQueue(db, deps.now()), CHECK_MS) : []
    const outbox = {
      queued: queue.reduce((sum, q) => sum + q.count, 0),
      oldestSeconds: Math.round(Math.max(0, ...queue.map((q) => q.oldestSeconds))),
    }
    const ready = pending.length === 0
    const plan = ready ? await within(readPlan(deps, db), CHECK_MS) : []
    const plans = plan.length === 0 ? {} : { plans: { 'zalo-bot': plan } }
    return { ready, database: 'up', pendingMigrations: pending, outbox, ...plans, ...told }
  } catch {
    return { ready: false, database: 'down', ...told }
  }
}

async function queueGauges(deps: Deps, db: Db): Promise<Gauge[]> {
  try {
    const queue = await within(readQueue(db, deps.now()), CHECK_MS)
    const oldest = Math.max(0, ...queue.map((q) => q.oldestSeconds))
    const plan = await within(readPlan(deps, db), CHECK_MS)
    return [
      { name: 'loa_database_up', value: 1 },
      ...queue.map((q) => ({
        name: 'loa_outbox_messages',
        labels: { lane: q.lane, state: q.state },
        value: q.count,
      })),
      { name: 'loa_outbox_oldest_seconds', value: oldest },
      ...plan.flatMap(({ what, used, limit }) => {
        const labels = { channel: 'zalo-bot', what }
        return [
          { name: 'loa_channel_plan_used', labels, value: used },
          { name: 'loa_channel_plan_limit', labels, value: limit },
        ]
      }),
    ]
  } catch {
    return [{ name: 'loa_database_up', value: 0 }]
  }
}

/**
 * Figures are for the machine itself and its trusted proxies. A forwarded request from an untrusted peer is somebody
 * outside behind a proxy that TRUSTED_PROXIES does not name.
 */
function mayReadMetrics(c: Context, deps: Deps): boolean {
  const isTrusted = addressSet(deps.trustedProxies)
  const peer = deps.remoteAddress(c)
  const isForwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some(
    (name) => c.req.header(name) !== undefined,
  )
  if (isForwarded && !isTrusted(peer)) return false
  const caller = callerAddress(peer, c.req.header('x-forwarded-for'), isTrusted)
  return isLoopback(caller) || isTrusted(caller)
}

/**
 * `/healthz`: the process answers. `/readyz`: 200 when the database is reached and no migration is pending, else 503;
 * channels, storage and the outbox are told only. `/metrics`: Prometheus text, to loopback and trusted proxies.
 */
export function healthRoutes(deps: Deps): Hono<HttpEnv> {
  const withDb = async <T>(fn: (db: Db) => Promise<T>): Promise<T> => {
    const { db, close } = deps.openDb()
    try {
      return await fn(db)
    } finally {
      deps.background(close())
    }
  }
  return new Hono<HttpEnv>()
    .get('/healthz', (c) => c.json({ alive: true }, 200, { 'Cache-Control': 'no-store' }))
    .get('/readyz', async (c) => {
      const state = await withDb((db) => readiness(deps, db))
      return c.json(state, state.ready ? 200 : 503, { 'Cache-Control': 'no-store' })
    })
    .get('/metrics', async (c) => {
      if (!mayReadMetrics(c, deps)) throw new AppError('http.not_found')
      const own = Object.entries(deps.metrics()).map(([name, value]) => ({ name, value }))
      const gauges = [...own, ...(await withDb((db) => queueGauges(deps, db)))]
      return c.text(deps.meter.render(gauges), 200, {
        'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
      })
    })
}
