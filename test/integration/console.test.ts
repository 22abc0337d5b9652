import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import { createFeed } from '../../api/http/event-feed.ts'
import { createShell } from '../../api/http/shell.ts'
import {
  consoleRoutes,
  digestEvents,
  getCase,
  listWorkItems,
  moveCase,
} from '../../api/rooms/console/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testApp } from '../harness-app.ts'
import { type Commune, INSIDE, OFFICE, openCommune } from './incidents-kit.ts'

let test: TestDb
let c: Commune
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
})
afterAll(() => test.close())

const codes = async (actor: Actor, scope: 'open' | 'mine' | 'all' = 'open') =>
  (await listWorkItems(c.as(actor), { scope })).items.map((item) => item.publicCode)

describe('the work list', () => {
  it('stands by urgency, then by the day due, then by age; pages hold each case once', async () => {
    const late = (await c.report({ category: 'trees' })).publicCode
    const soon = (await c.report()).publicCode
    const soonToo = (await c.report()).publicCode
    const urgent = (await c.report({ category: 'trees', urgency: 'urgent' })).publicCode
    const order = [urgent, soon, soonToo, late]
    expect(await codes(c.dispatcher)).toEqual(order)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listWorkItems(c.as(c.dispatcher), {
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      })
      seen.push(...page.items.map((item) => item.publicCode))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(seen).toEqual(order)
  })

  it('pages through cases without a due date as well', async () => {
    for (let i = 0; i < 3; i++) await c.report()
    const expected = await codes(c.dispatcher)
    const last = expected[2] ?? ''
    await test.db
      .updateTable('incident')
      .set({ dueDate: null })
      .where('publicCode', '!=', expected[0] ?? '')
      .execute()
    const first = await listWorkItems(c.as(c.dispatcher), { limit: 2 })
    const second = await listWorkItems(c.as(c.dispatcher), {
      limit: 2,
      cursor: first.nextCursor ?? '',
    })
    expect(second.items.map((item) => item.publicCode)).toEqual([last])
  })

  it('reaches as far as the rights: the unit, the own agency, nothing elsewhere', async () => {
    const waiting = (await c.report()).publicCode
    const assigned = (await c.report()).publicCode
    await c.move(c.dispatcher, assigned, { kind: 'accept_and_assign', agencyCode: OFFICE })
    expect(await codes(c.dispatcher)).toEqual([waiting, assigned])
    expect(await codes(c.officer)).toEqual([assigned])
    expect(await codes(c.police)).toEqual([])
    expect(await codes(c.elsewhere)).toEqual([])
    await expect(codes({ kind: 'anonymous' })).rejects.toMatchObject({
      code: 'http.unauthenticated',
    })
    const nobodysRole: Actor = { ...c.officer, roles: [] }
    await expect(codes(nobodysRole)).rejects.toMatchObject({ code: 'http.forbidden' })
  })

  it('knows whose turn it is', async () => {
    const waiting = (await c.report()).publicCode
    const assigned = (await c.report()).publicCode
    await c.move(c.dispatcher, assigned, { kind: 'accept_and_assign', agencyCode: OFFICE })
    const proposed = (await c.report({ category: 'food_safety' })).publicCode
    await c.walkTo(proposed, 'answered')
    expect(await codes(c.dispatcher, 'mine')).toEqual([waiting])
    expect(await codes(c.officer, 'mine')).toEqual([assigned])
    expect(await codes(c.approver, 'mine')).toEqual([proposed])
    const { items } = await listWorkItems(c.as(c.dispatcher), {})
    expect(items.filter((item) => item.isMine).map((item) => item.publicCode)).toEqual([waiting])
  })

  it('drops what is answered or ended, which `all` still has, newest first', async () => {
    const answered = (await c.report()).publicCode
    await c.walkTo(answered, 'answered')
    const refused = (await c.report()).publicCode
    await c.move(c.dispatcher, refused, { kind: 'refuse', reasonCode: 'spam' })
    const open = (await c.report()).publicCode
    expect(await codes(c.dispatcher)).toEqual([open])
    expect(await codes(c.dispatcher, 'all')).toEqual([open, refused, answered])
    const first = await listWorkItems(c.as(c.dispatcher), { scope: 'all', limit: 2 })
    const rest = await listWorkItems(c.as(c.dispatcher), {
      scope: 'all',
      limit: 2,
      cursor: first.nextCursor ?? '',
    })
    expect(rest.items.map((item) => item.publicCode)).toEqual([answered])
  })

  it('counts what presses', async () => {
    await c.report({ urgency: 'urgent' })
    await c.report({ category: 'trees' })
    const proposed = (await c.report({ category: 'food_safety' })).publicCode
    await c.walkTo(proposed, 'answered')
    const at = async (iso: string) => {
      c.clock.set(iso)
      return (await listWorkItems(c.as(c.dispatcher), {})).counts
    }
    expect(await at('2026-12-01T02:00:00Z')).toEqual({
      open: 3,
      mine: 2,
      waiting: 2,
      urgent: 1,
      late: 0,
      due_today: 1,
      to_approve: 1,
    })
    expect(await at('2026-12-02T02:00:00Z')).toMatchObject({ late: 1, due_today: 0 })
  })

  it('counts working days left, below zero when late', async () => {
    await c.report()
    const left = async (iso: string) => {
      c.clock.set(iso)
      const [item] = (await listWorkItems(c.as(c.dispatcher), {})).items
      return [item?.daysLeft, item?.isLate]
    }
    expect(await left('2026-11-23T02:00:00Z')).toEqual([5, false])
    expect(await left('2026-12-01T02:00:00Z')).toEqual([0, false])
    expect(await left('2026-12-02T02:00:00Z')).toEqual([-1, true])
  })

  it('refuses a cursor that is none of ours', async () => {
    for (const cursor of ['x', 'urgent_2026-02-30_x', 'urgent__', '_']) {
      await expect(listWorkItems(c.as(c.dispatcher), { cursor })).rejects.toMatchObject({
        code: 'http.invalid_input',
      })
    }
  })
})

describe('a case page', () => {
  const caseOf = async (actor: Actor, publicCode: string) =>
    getCase(c.as(actor), (await c.rowOf(publicCode)).id)

  it('has everything to work with and nothing of who reported', async () => {
    const { mediaId } = await c.photo({ kind: 'anonymous' }, 'chat-1')
    const { publicCode, residentId, secret } = await c.reportFromChat({
      description: 'Tôi là Trần Thị Mận, 0912345678, ổ gà sâu',
      place: { source: 'pin', ...INSIDE, text: 'trước nhà, gọi 0912345678', isPrivate: true },
      media: [{ mediaId }],
    })
    await test.db.updateTable('resident').set({ displayName: 'Trần Thị Mận' }).execute()
    const page = await caseOf(c.dispatcher, publicCode)
    expect(page).toMatchObject({
      publicCode,
      version: 1,
      state: 'received',
      point: INSIDE,
      isPrivatePlace: true,
      needsApprover: false,
      dueFrom: '2026-11-23',
      dueInWorkingDays: 5,
      suggestedAgencyCode: OFFICE,
      media: [{ mediaId, role: 'report', isPublished: false }],
    })
    expect(page.agencies[0]?.code).toBe(OFFICE)
    expect(page.agencies.map((agency) => agency.code)).toContain('hue.dien')
    expect(page.description).toContain('ổ gà sâu')
    const text = JSON.stringify([page, await listWorkItems(c.as(c.dispatcher), {})])
    for (const secretOfSender of [residentId, secret, 'chat-1', 'Mận', '0912'])
      expect(text).not.toContain(secretOfSender)
  })

  it('offers each official just the moves that they may make now', async () => {
    const { publicCode } = await c.report()
    expect((await caseOf(c.dispatcher, publicCode)).moves.sort()).toEqual([
      'accept',
      'accept_and_assign',
      'ask_info',
      'mark_duplicate',
      'refuse',
    ])
    expect((await caseOf(c.approver, publicCode)).moves).toEqual([])
    await c.walkTo(publicCode, 'in_progress')
    expect((await caseOf(c.officer, publicCode)).moves.sort()).toEqual([
      'answer',
      'not_our_task',
      'request_extension',
    ])
  })

  it('names officials in the timeline, and senders only as senders', async () => {
    const { publicCode } = await c.reportFromChat()
    await c.walkTo(publicCode, 'answered')
    const { timeline, noProofReason } = await caseOf(c.dispatcher, publicCode)
    expect(timeline.map((step) => [step.state, step.byKind, step.by])).toEqual([
      ['received', 'sender', undefined],
      ['accepted', 'official', 'Cán bộ dieuphoi'],
      ['assigned', 'official', 'Cán bộ dieuphoi'],
      ['in_progress', 'official', 'Cán bộ xuly'],
      ['answer_proposed', 'official', 'Cán bộ xuly'],
      ['answered', 'official', 'Cán bộ xuly'],
    ])
    expect(noProofReason).toBe('Làm ban đêm')
  })

  it('is closed to who does not reach it, and not found when it is none', async () => {
    const { publicCode } = await c.report()
    await expect(caseOf(c.elsewhere, publicCode)).rejects.toMatchObject({ code: 'http.forbidden' })
    await expect(caseOf(c.officer, publicCode)).rejects.toMatchObject({ code: 'http.forbidden' })
    await expect(caseOf({ kind: 'anonymous' }, publicCode)).rejects.toMatchObject({
      code: 'http.unauthenticated',
    })
    for (const id of ['x', '0190a000-0000-7000-8000-000000000009']) {
      await expect(getCase(c.as(c.dispatcher), id)).rejects.toMatchObject({
        code: 'incidents.not_found',
      })
    }
  })

  it('comes back after a step, also when the step gave the case away', async () => {
    const { publicCode } = await c.report()
    await c.walkTo(publicCode, 'in_progress')
    const { id, version } = await c.rowOf(publicCode)
    const page = await moveCase(c.as(c.officer), { id, version, move: { kind: 'not_our_task' } })
    expect([page.state, page.moves]).toEqual(['accepted', []])
  })
})

describe('over HTTP', () => {
  const as = (actor: Actor | null) =>
    testApp(test.db, { now: c.clock.now, ports: c.ports }, (deps) =>
      createShell(deps, {
        authenticate: async () => actor,
        cookieName: 'loa_session',
        mount: (api) =>
          void api.route('/', consoleRoutes({ feed: () => createFeed(deps, digestEvents) })),
      }),
    )
  const headers = { cookie: 'loa_session=x' }

  it('a desk accepts and forwards in one step, and a slower colleague learns what changed', async () => {
    const { publicCode } = await c.report()
    const { id } = await c.rowOf(publicCode)
    const { request } = as(c.dispatcher)
    const move = (json: unknown) =>
      request(`/api/v1/console/incidents/${id}/moves`, { method: 'POST', json, headers })
    const list = await request('/api/v1/console/incidents?scope=mine&limit=5', { headers })
    expect(await list.json()).toMatchObject({ items: [{ id }], counts: { open: 1, mine: 1 } })
    const done = await move({
      version: 1,
      move: { kind: 'accept_and_assign', agencyCode: OFFICE },
    })
    expect([done.status, await done.json()]).toMatchObject([200, { state: 'assigned', version: 2 }])
    const late = await move({ version: 1, move: { kind: 'accept' } })
    expect([late.status, await late.json()]).toMatchObject([
      409,
      {
        code: 'incidents.stale',
        changed: { version: 2, state: 'assigned', steps: [{ move: 'accept_and_assign' }, {}] },
      },
    ])
    const wrong = await move({ version: 2, move: { kind: 'fly' } })
    expect(wrong.status).toBe(422)
  })

  it('nobody gets in without a session', async () => {
    const answer = await as(null).request('/api/v1/console/incidents')
    expect(answer.status).toBe(401)
  })
})
