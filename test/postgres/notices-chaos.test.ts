import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Db, Role } from '../../api/context.ts'
import { createOfficial } from '../../api/rooms/identity/index.ts'
import { draftNotice, moveNotice } from '../../api/rooms/notices/index.ts'
import { startTelegramFake } from '../fakes/telegram.ts'
import { isFull } from '../full.ts'
import { testCtx } from '../harness.ts'
import { openUrl } from '../harness-pg.ts'
import { WEBHOOK_SECRET } from '../hosts/channels-kit.ts'
import { endAll, type Host, removeDirs, startHost, temporaryDir } from '../hosts/host.ts'
import { type PostgresServer, startPostgres } from '../postgres-server.ts'

/** One notice to many while senders are killed, the database goes away, and the channel answers badly. */
const PEOPLE = isFull ? 10_000 : 400
const KILLS = isFull ? 50 : 5
const SENDERS = 3
const PER_SECOND = 30
const TIMEOUT_MS = isFull ? 2_400_000 : 400_000
const FIRST_CHAT = 7_000_000_000
const UNIT = '19867'
const ENV = {
  APP_SECRET: 'the-same-secret-before-and-after-01234',
  PUBLIC_URL: 'https://loa.test',
  DEMO_SEND: '1',
  TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
}

let postgres: PostgresServer
let db: Db
let fake: Awaited<ReturnType<typeof startTelegramFake>>
let hosts: Host[] = []
let env: Record<string, string>

beforeAll(async () => {
  postgres = await startPostgres()
  fake = await startTelegramFake({ perSecond: PER_SECOND })
  env = {
    ...ENV,
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_API_ROOT: fake.url,
    DATABASE_URL: postgres.url('postgres'),
    DATA_DIR: temporaryDir(),
  }
  db = openUrl(postgres.url('postgres'))
})
afterAll(async () => {
  endAll()
  await db?.destroy().catch(() => {})
  await fake?.close()
  postgres?.stop()
  removeDirs()
})

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
/** Small steps of a seed, so that a run can be told apart from chance. */
let seed = 20261128
const draw = (below: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor((seed / 2_147_483_648) * below)
}

/** While the database is away a look fails; then it is asked again. */
async function ask<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries > 40) throw error
      await sleep(250)
    }
  }
}

/** Everybody has a chat on Telegram, agreed, and subscribed to notices of the commune. */
async function fillPeople(): Promise<void> {
  await sql`insert into resident (id, language, created_at)
    select gen_random_uuid(), 'vi', now() from generate_series(1, ${PEOPLE}::integer)`.execute(db)
  await sql`insert into channel_link (id, resident_id, channel, chat_key, state, created_at, updated_at)
    select gen_random_uuid(), id, 'telegram', (${FIRST_CHAT}::bigint + row_number() over ())::text,
      'active', now(), now() from resident`.execute(db)
  await sql`insert into consent (id, resident_id, purpose, version, channel, given_at)
    select gen_random_uuid(), id, 'notify', 1, 'telegram', now() from resident`.execute(db)
  await sql`insert into subscription (id, resident_id, kind, unit_code, only_life_safety, created_at)
    select gen_random_uuid(), id, 'notices', ${UNIT}, false, now() from resident`.execute(db)
  for (let n = 1; n <= PEOPLE; n++)
    fake.state.chats.set(FIRST_CHAT + n, {
      ...{ id: FIRST_CHAT + n, type: 'private', state: 'open', messages: [] },
    })
}

/** Written by one official and released by another. */
async function releaseNotice(): Promise<string> {
  const clock = { now: () => new Date(), set: () => {}, advance: () => {} }
  const system = testCtx(db, { clock })
  const official = async (login: string, roles: Role[]) => {
    const more = { roles, capabilities: [], unitCode: UNIT, agencyCode: null }
    const password = 'mot-hai-ba-bon-nam'
    const made = await createOfficial(system, { login, displayName: login, password, ...more })
    return { ...system, actor: { kind: 'official' as const, officialId: made.id, ...more } }
  }
  const writer = await official('canbo.viet', ['dispatcher'])
  const approver = await official('canbo.duyet', ['approver'])
  const { id } = await draftNotice(writer, {
    ...{ unitCode: UNIT, kind: 'notices', titleVi: 'Họp thôn', bodyVi: 'Mời bà con đến họp.' },
    ...{ issuer: 'UBND xã', signer: 'Phan Đình Khôi', documentNo: '1/TB' },
    area: { places: [{ unitCode: UNIT }] },
    expiresAt: new Date(Date.now() + 2 * 3_600_000).toISOString(),
  })
  await moveNotice(writer, { id, move: 'propose', version: 1 })
  await moveNotice(approver, { id, move: 'release', version: 2 })
  return id
}

const openCount = () =>
  ask(async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from dispatch_recipient where state in ('planned', 'queued')`.execute(
      db,
    )
    const begun = await db.selectFrom('dispatch').select('id').execute()
    return begun.length === 0 ? PEOPLE : (rows[0]?.n ?? 0)
  })

/** Bad answers, now and then, until `isOver`. */
async function beUnkind(isOver: () => boolean): Promise<void> {
  const outcomes = [
    {
      kind: 'error',
      status: 429,
      description: 'Too Many Requests',
      parameters: { retry_after: 1 },
    },
    { kind: 'page', status: 502 },
    { kind: 'hangup' },
    { kind: 'hangup', accepts: true },
    { kind: 'error', status: 500, description: 'Internal Server Error' },
    { kind: 'slow', ms: 1_500 },
  ] as const
  while (!isOver()) {
    const outcome = outcomes[draw(outcomes.length)]
    if (outcome !== undefined) fake.script(outcome, { method: 'sendMessage' })
    await sleep(700)
  }
}

/** Kills one sender at a time and starts another in its place; twice the database goes away as well. */
async function killAndReplace(): Promise<void> {
  for (let kill = 0; kill < KILLS; kill++) {
    await sleep(300 + draw(1_500))
    const at = draw(SENDERS)
    await hosts[at]?.end('SIGKILL')
    if (kill === 1 || kill === Math.floor(KILLS / 2) + 1) postgres.restart()
    hosts[at] = await ask(() => startHost(env))
  }
}

/** Whoever was killed holds its messages until its lease ends; nobody else is at work by then. */
async function finish(): Promise<void> {
  let last = -1
  for (;;) {
    const open = await openCount()
    if (open === 0) return
    if (open === last)
      await ask(() =>
        sql`update outbox set lease_until = now() - interval '1 second', run_at = least(run_at, now())
          where state = 'queued'`.execute(db),
      )
    last = open
    await sleep(5_000)
  }
}

/** The most calls that arrived in any second. */
function busiestSecond(): number {
  const times = fake.state.calls
    .filter(({ method }) => method === 'sendMessage')
    .map(({ at }) => at)
    .toSorted((a, b) => a - b)
  let [most, from] = [0, 0]
  for (const [i, at] of times.entries()) {
    while (at - (times[from] ?? at) >= 1_000) from += 1
    most = Math.max(most, i - from + 1)
  }
  return most
}

it(
  'loses nobody, tells only those twice whose outcome was unknown, and keeps to the rate',
  async () => {
    hosts = [await startHost(env)]
    await fillPeople()
    for (let n = 1; n < SENDERS; n++) hosts.push(await startHost(env))
    const id = await releaseNotice()
    let isOver = false
    const unkind = beUnkind(() => isOver)
    await killAndReplace()
    isOver = true
    await unkind
    await finish()

    const { rows } = await sql<{ chatKey: string; maybeDoubled: boolean; state: string }>`
    select o.chat_key, o.maybe_doubled, r.state from dispatch_recipient r join outbox o on o.id = r.outbox_id`.execute(
      db,
    )
    expect(rows).toHaveLength(PEOPLE)
    const copies = (chatKey: string) => fake.sent(Number(chatKey)).length
    const wrong = rows.filter(({ chatKey, maybeDoubled, state }) => {
      const n = copies(chatKey)
      // Sent twice without an answer: not tried a third time, and said so.
      if (state === 'rejected') return !maybeDoubled
      return state !== 'sent' || n < 1 || n > (maybeDoubled ? 2 : 1)
    })
    expect(wrong).toEqual([])
    expect(busiestSecond()).toBeLessThanOrEqual(PER_SECOND)
    const { rows: counts } = await sql<{ state: string; n: number }>`
    select state, sum(n)::integer as n from dispatch_count group by state having sum(n) <> 0`.execute(
      db,
    )
    expect(counts.reduce((sum, { n }) => sum + n, 0)).toBe(PEOPLE)
    const notice = await db
      .selectFrom('notice')
      .select('dispatchStartedAt')
      .where('id', '=', id)
      .executeTakeFirst()
    expect(notice?.dispatchStartedAt).not.toBeNull()
  },
  TIMEOUT_MS,
)
