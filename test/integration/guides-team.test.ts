import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor, Capability, Ctx } from '../../api/context.ts'
import { importHamlets, listHamlets } from '../../api/rooms/areas/index.ts'
import { seedLessons } from '../../api/rooms/guides/index.ts'
import type { ActivityInput } from '../../api/rooms/guides/team/schema.ts'
import { dropActivity, enterActivity, readBoard } from '../../api/rooms/guides/team/service.ts'
import { createOfficial } from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestDb, testClock, testCtx } from '../harness.ts'

const UNIT = '19867'
const clock = testClock()
let database: TestDb
let member: Ctx
let other: Ctx
let hamletIds: string[]

const as = (actor: Actor): Ctx => testCtx(database.db, { actor, clock })
const system = { kind: 'system', name: 'test' } as const

async function official(login: string, capabilities: Capability[], unitCode = UNIT): Promise<Ctx> {
  const more = { roles: ['officer' as const], capabilities, unitCode, agencyCode: null }
  const { id } = await createOfficial(as(system), {
    ...{ login, displayName: login, password: 'mot-hai-ba-bon-nam', ...more },
  })
  return as({ kind: 'official', officialId: id, ...more })
}

beforeAll(async () => {
  database = await openDatabase()
  await seedLessons(database.db, clock.now())
  const row = (name: string) => ({
    ...{ name, unitCode: UNIT, kind: 'thon' as const, lng: 107.5, lat: 16.55 },
    validFrom: '2025-07-01',
  })
  const rows = ['Niêm Phò', 'Phước Yên', 'Hà Đồ'].map(row)
  await importHamlets(as(system), rows, { source: 'test' })
  hamletIds = (await listHamlets(database.db, UNIT)).map(({ id }) => id)
  member = await official('to.so.1', ['community_team'])
  other = await official('to.so.2', ['community_team'])
})
afterAll(() => database.close())

const today = () => clock.now().toISOString().slice(0, 10)
const activity = (more: Partial<ActivityInput> = {}): ActivityInput => ({
  ...{ id: crypto.randomUUID(), kind: 'session', task: 'teach', hamletId: hamletIds[0] ?? '' },
  ...{ lessonId: 'avoid-scams', heldOn: today(), people: 12, sheets: 10, ...more },
})
const hamletOf = async (id: string | undefined) =>
  (await readBoard(member)).hamlets.find((hamlet) => hamlet.id === id)
const audited = () =>
  database.db.selectFrom('audit').selectAll().where('subjectKind', '=', 'team_activity').execute()

describe('the community digital team', () => {
  it('enters what it held; the board counts it by hamlet and task, the least covered first', async () => {
    const visit = activity({ kind: 'visit', task: 'install', people: 1, sheets: 0, lessonId: null })
    await enterActivity(member, activity())
    await enterActivity(member, visit)
    await enterActivity(other, activity({ kind: 'training', hamletId: null, people: 6 }))
    const board = await readBoard(member)
    expect(board.hamlets.map(({ covered }) => covered)).toEqual([0, 0, 2])
    expect(board.hamlets.at(-1)).toMatchObject({ id: hamletIds[0], people: 13, lastOn: today() })
    expect(board.hamlets.at(-1)?.tasks.map(({ times }) => times)).toEqual([1, 0, 1, 0, 0])
    expect(board.training).toEqual({ times: 1, people: 6 })
    expect(board.recent.map(({ mayDrop }) => mayDrop).sort()).toEqual([false, true, true])
    expect(board.recent.find(({ kind }) => kind === 'session')?.lesson).toContain('lừa đảo')
  })

  it('counts the same once, and takes back its own mistakes alone', async () => {
    const twice = activity({ hamletId: hamletIds[1] ?? '' })
    await enterActivity(member, twice)
    await enterActivity(member, twice)
    expect((await hamletOf(hamletIds[1]))?.people).toBe(12)
    await expect(enterActivity(other, twice)).rejects.toMatchObject({ code: 'http.conflict' })
    await expect(dropActivity(other, twice.id)).rejects.toMatchObject({ code: 'http.not_found' })
    await dropActivity(member, twice.id)
    expect((await hamletOf(hamletIds[1]))?.people).toBe(0)
    await expect(dropActivity(member, twice.id)).rejects.toMatchObject({ code: 'http.not_found' })
    const own = (await audited()).filter(({ subjectId }) => subjectId === twice.id)
    expect(own.map(({ action }) => action).sort()).toEqual([
      'guides.activity_dropped',
      'guides.activity_entered',
    ])
    expect(own[0]?.data).toEqual({ kind: 'session', task: 'teach' })
  })

  it.each<[string, () => Partial<ActivityInput>]>([
    ['a day ahead', () => ({ heldOn: '2099-01-01' })],
    ['a day long ago', () => ({ heldOn: '2020-01-01' })],
    ['a day that is none', () => ({ heldOn: '2026-02-31' })],
    ['a hamlet elsewhere', () => ({ hamletId: crypto.randomUUID() })],
    ['no hamlet', () => ({ hamletId: null })],
    ['a training in a hamlet', () => ({ kind: 'training' })],
    ['a lesson that is not there', () => ({ lessonId: 'nothing' })],
    ['nobody', () => ({ people: 0 })],
    ['a crowd', () => ({ people: 501 })],
  ])('takes no %s', async (_what, more) => {
    await expect(enterActivity(member, activity(more()))).rejects.toMatchObject({
      code: 'http.invalid_input',
    })
  })

  it('sees its own unit alone', async () => {
    const elsewhere = await official('to.so.3', ['community_team'], '19753')
    expect((await readBoard(elsewhere)).recent).toEqual([])
    await expect(enterActivity(elsewhere, activity())).rejects.toMatchObject({
      code: 'http.invalid_input',
    })
  })

  it('is closed to others', async () => {
    const officer = await official('can.bo', [])
    for (const [ctx, code] of [
      [officer, 'http.forbidden'],
      [as({ kind: 'anonymous' }), 'http.unauthenticated'],
    ] as const) {
      await expect(readBoard(ctx)).rejects.toMatchObject({ code })
      await expect(enterActivity(ctx, activity())).rejects.toMatchObject({ code })
      await expect(dropActivity(ctx, crypto.randomUUID())).rejects.toMatchObject({ code })
    }
  })
})
