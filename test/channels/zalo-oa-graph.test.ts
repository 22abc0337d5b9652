import { afterAll, beforeAll, expect, it } from 'vitest'
import { createZaloClient } from '../../bots/zalo-oa/client.ts'
import { EGRESS_OUTSIDE_VIETNAM } from '../../bots/zalo-oa/errors.ts'
import { createGraph } from '../../bots/zalo-oa/graph.ts'
import { DEFAULTS, startZaloOaFake, type ZaloOaFake } from '../fakes/zalo-oa.ts'

let fake: ZaloOaFake
beforeAll(async () => {
  fake = await startZaloOaFake()
})
afterAll(() => fake.stop())

const graph = () => createGraph(createZaloClient({ roots: fake.roots }), DEFAULTS.appSecret)
const abroad = { ok: false, code: EGRESS_OUTSIDE_VIETNAM, isOurs: true }

it('a person is known by id, name, phone and place', async () => {
  expect(await graph().findId('token')).toEqual({ ok: true, value: '246845883529197922' })
  expect(await graph().findName('token')).toMatchObject({ ok: true })
  expect(await graph().findPhone('token', 'phone-1')).toEqual({ ok: true, value: '0912345678' })
  expect(await graph().findPlace('token', 'place-1')).toEqual({
    ok: true,
    value: { lng: 107.5092, lat: 16.5766 },
  })
})

it('from abroad only the id is given, and the reason is told as ours', async () => {
  expect(await graph().findId('abroad')).toMatchObject({ ok: true })
  expect(await graph().findName('abroad')).toEqual(abroad)
  expect(await graph().findPhone('abroad', 'phone-2')).toEqual(abroad)
  expect(await graph().findPlace('abroad', 'place-2')).toEqual(abroad)
})

it("a used code is the person's matter, a dead graph ours", async () => {
  await graph().findPhone('token', 'phone-3')
  expect(await graph().findPhone('token', 'phone-3')).toMatchObject({ ok: false, isOurs: false })
  fake.script('/v2.0/me', { status: 503 })
  expect(await graph().findId('token')).toMatchObject({ ok: false, isOurs: true })
})
