import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Ctx } from '../../api/context.ts'
import { CASES } from '../../api/hosts/demo/cases.ts'
import { seedDemo } from '../../api/hosts/demo/index.ts'
import { seedReference } from '../../api/rooms/areas/index.ts'
import { seedConsentTexts } from '../../api/rooms/identity/index.ts'
import { getPublicIncident, listPublicIncidents } from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb, testCtx } from '../harness.ts'

let database: TestDb
let ctx: Ctx
/** Public codes by the beginning of what was written. */
const codes = new Map<string, string>()

beforeAll(async () => {
  database = await openDatabase()
  await database.truncate()
  const { db } = database
  ctx = testCtx(db)
  await seedReference(db, ctx.now(), ctx.newId)
  await seedConsentTexts(db, ctx.now())
  await seedDemo(ctx, { password: () => 'a-long-enough-password' })
  const rows = await db.selectFrom('incident').select(['publicCode', 'description']).execute()
  for (const { id, description } of CASES) {
    const row = rows.find((one) => one.description === description)
    if (row !== undefined) codes.set(id, row.publicCode)
  }
}, 120_000)
afterAll(() => database.close())

const seen = (id: string) => getPublicIncident(ctx, codes.get(id) ?? '')
const rowOf = (id: string) =>
  database.db
    .selectFrom('incident')
    .selectAll()
    .where('publicCode', '=', codes.get(id) ?? '')
    .executeTakeFirstOrThrow()

it('shows every situation of a case once at least', async () => {
  const states: Record<string, string> = {}
  for (const { id } of CASES) states[id] = (await rowOf(id)).state
  expect(states).toEqual({
    'speaker-first': 'closed',
    sinkhole: 'in_progress',
    'speaker-second': 'closed',
    tree: 'assigned',
    dump: 'closed',
    speaker: 'reopened',
    smoke: 'answered',
    drain: 'in_progress',
    lamp: 'assigned',
    border: 'refused',
    insurance: 'refused',
    queue: 'answer_proposed',
    pig: 'needs_info',
    bank: 'accepted',
    road: 'received',
    'road-again': 'duplicate',
  })
  expect((await rowOf('bank')).urgency).toBe('urgent')
})

it('links the loudspeaker of the third time to the two before it', async () => {
  const repeats = await database.db.selectFrom('incidentRepeat').selectAll().execute()
  const [first, second, third] = await Promise.all(
    ['speaker-first', 'speaker-second', 'speaker'].map(async (id) => (await rowOf(id)).id),
  )
  expect(repeats.filter((one) => one.incidentId === third)).toHaveLength(2)
  expect(repeats.filter((one) => one.incidentId === second)).toEqual([
    { incidentId: second, earlierId: first },
  ])
})

it('is late where it says so, in the public list too, and with agencies of the commune alone', async () => {
  const { items } = await listPublicIncidents(ctx, { group: 'late' })
  expect(items.map((one) => one.publicCode).toSorted()).toEqual(
    [codes.get('sinkhole'), codes.get('tree')].toSorted(),
  )
  expect(items.every((one) => one.isLate && one.agency?.code === '19867.kinh-te')).toBe(true)
})

it('has answers with a photo, a paper, and a reason, refusals with the way out, and a merged case', async () => {
  expect((await seen('smoke')).answer?.mediaIds).toHaveLength(1)
  expect((await seen('dump')).mediaIds).toHaveLength(1)
  expect((await seen('speaker-second')).answer?.document?.number).toMatch(/minh họa/)
  expect((await seen('speaker-first')).answer?.noProofReason).toMatch(/bằng lời/)
  expect((await seen('border')).redirectTo).toMatch(/hòa giải/)
  expect((await seen('insurance')).redirectTo).toMatch(/VssID/)
  expect((await seen('road-again')).duplicateOf).toBe(codes.get('road'))
})

it('came by use-cases: each step is in the activity and the audit, none of them later than now', async () => {
  const steps = await database.db.selectFrom('incidentActivity').select(['at', 'kind']).execute()
  expect(steps.every(({ at }) => Date.parse(at) <= ctx.now().getTime())).toBe(true)
  expect(steps.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['note', 'comment', 'request_extension', 'grant_extension', 'reopen']),
  )
  const audited = await database.db
    .selectFrom('audit')
    .select('action')
    .where('action', 'like', 'incident.%')
    .execute()
  const acts = CASES.reduce((sum, one) => sum + 1 + one.steps.length, 0)
  expect(audited.length).toBeGreaterThanOrEqual(acts)
})
