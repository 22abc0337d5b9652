import { describe, expect, it } from 'vitest'
import { createZaloClient } from '../../bots/zalo-oa/client.ts'
import { classifyError, OA_ERRORS, WINDOW_CLOSED } from '../../bots/zalo-oa/errors.ts'
import { DEFAULTS, startZaloOaFake } from '../fakes/zalo-oa.ts'
import { memoryMedia, memoryTokenStore } from '../fakes/zalo-stores.ts'
import { call, to, USER, useZaloOa, V3, words } from './zalo-oa-kit.ts'

const V2 = '/v2.0/oa/message'
const { fake, clock, problems, setUp, send } = await useZaloOa()

/** What the sender must make of each class; 06:00 is 7.5 hours after 22:30. */
const BY_CLASS = {
  refresh: { kind: 'retry', afterMs: 600_000 },
  backoff: { kind: 'retry' },
  unreachable: { kind: 'gone' },
  window: { kind: 'rejected', code: WINDOW_CLOSED },
  reupload: { kind: 'rejected' },
  reschedule: { kind: 'retry', afterMs: 7.5 * 3_600_000 },
  human: { kind: 'retry', afterMs: 600_000 },
  permanent: { kind: 'rejected' },
} as const

/** Classes as the platform's table groups them. */
const CLASSES: Record<string, number[]> = {
  refresh: [-216, -220, -124],
  backoff: [-32, -200],
  unreachable: [-213, -217, -227, -244],
  window: [-230, -232],
  reupload: [-100],
  reschedule: [-234],
  human: [-204, -205, -209, -212, -219, -221, -223, -224, -235, -320, -321, -501],
  permanent: [
    -201, -210, -211, -214, -218, -233, -237, -238, -241, -240, -242, -248, -249, -403, -1340,
    -1341, -99999,
  ],
}

describe('errors of the platform', () => {
  it('are all in a class', () => {
    const known = new Set(Object.values(CLASSES).flat())
    expect(OA_ERRORS.filter(([error]) => !known.has(error))).toEqual([])
    for (const [kind, errors] of Object.entries(CLASSES))
      for (const error of errors) expect(classifyError(error).kind, `${error}`).toBe(kind)
  })

  it.each(OA_ERRORS)('%i (%s) has its outcome', async (error, kind) => {
    for (const path of [V3, V2]) fake.script(path, { error }, { error })
    const outcome = await send()
    expect(outcome).toMatchObject(BY_CLASS[kind])
    expect(fake.sent).toEqual([])
    const isOperators = kind === 'human' || kind === 'refresh' || error === -249
    expect(problems.length > 0).toBe(isOperators)
  })

  it('−501 is named for what it is', () => {
    expect(classifyError(-501).code).toBe('zalo_oa.egress_outside_vietnam')
  })
})

describe('a message', () => {
  it('goes out as rendered', async () => {
    const { sender } = setUp()
    const message = {
      parts: [{ kind: 'text' as const, text: 'Chọn việc cần làm' }],
      choices: [{ id: 'menu:1:report_incident', label: 'Phản ánh' }],
    }
    const { calls } = sender.render(message, { chatKey: USER, words })
    for (const one of calls) expect(await sender.send(one, to)).toEqual({ kind: 'sent' })
    expect(fake.sent).toEqual([{ path: V3, userId: USER, message: calls[0]?.message }])
  })

  it('with an old token gets a new one and goes out once', async () => {
    const { sender } = setUp()
    await sender.send(call(), to)
    fake.state.isExpired = true
    expect(await sender.send(call('hai'), to)).toEqual({ kind: 'sent' })
    expect(fake.sent.map((one) => one.message.text)).toEqual(['Đã nhận phản ánh', 'hai'])
    expect(fake.state.rotations).toBe(2)
  })

  it('of twenty senders at once on an expired token costs one refresh', async () => {
    const store = memoryTokenStore()
    const both = [setUp({ store }), setUp({ store })]
    for (const { sender } of both) await sender.send(call(), to)
    fake.state.isExpired = true
    const rotations = fake.state.rotations
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) => both[i % 2]?.sender.send(call(`${i}`), to)),
    )
    expect(outcomes).toEqual(Array(20).fill({ kind: 'sent' }))
    expect([fake.state.rotations - rotations, fake.state.spentAgain]).toEqual([1, 0])
    expect(fake.sent.length).toBe(22)
  })

  it('that never left is tried again', async () => {
    const closed = await startZaloOaFake()
    await closed.stop()
    for (const api of [closed.url, 'http://nowhere.invalid']) {
      const client = createZaloClient({ roots: { ...fake.roots, api } })
      fake.state.refreshToken = DEFAULTS.refreshToken
      expect(await send({ client })).toEqual({
        kind: 'retry',
        afterMs: 2_000,
        code: 'zalo_oa.no_connection',
      })
    }
  })

  it.each([
    ['a line cut after the request', { cut: true, done: true }],
    ['a line cut without a trace', { cut: true }],
    ['a 504 of a gateway', { status: 504 }],
    ['a page of some proxy', { status: 200, body: '<html>' }],
  ] as const)('with %s is unknown, and no other path is tried', async (_name, step) => {
    fake.script(V3, step)
    expect(await send()).toMatchObject({ kind: 'unknown' })
    expect([fake.callsTo(V3).length, fake.callsTo(V2).length]).toEqual([1, 0])
  })

  it('that gets no answer in time is unknown', async () => {
    fake.script(V3, { hangMs: 3_000 })
    const real = createZaloClient({ roots: fake.roots })
    const hasty = { ...real, post: (p: string, t: string, b: unknown) => real.post(p, t, b, 200) }
    expect(await send({ client: hasty })).toEqual({ kind: 'unknown', code: 'zalo_oa.no_answer' })
  })

  it.each([500, 502, 503])('answered %i waits, longer the longer Zalo is away', async (status) => {
    const { sender } = setUp()
    const waits: number[] = []
    let tries = 0
    for (let waited = 0; waited < 900_000; tries++) {
      fake.script(V3, { status })
      const outcome = await sender.send(call(), to)
      if (outcome.kind !== 'retry') throw new Error(outcome.kind)
      waits.push(outcome.afterMs)
      waited += outcome.afterMs
      clock.ms += outcome.afterMs
    }
    expect(waits[0]).toBe(2_000)
    expect(Math.max(...waits)).toBe(120_000)
    expect(tries).toBeLessThanOrEqual(20)
    expect(await sender.send(call(), to)).toEqual({ kind: 'sent' })
    fake.script(V3, { status })
    expect(await sender.send(call(), to)).toMatchObject({ afterMs: 2_000 })
  })

  it('without a token is not tried, and waits', async () => {
    fake.state.refreshToken = 'another'
    expect(await send()).toMatchObject({ kind: 'retry', code: 'zalo_oa.grant_refused' })
    expect(fake.callsTo(V3).length).toBe(0)
    expect(problems).toEqual(['zalo_oa.grant_refused'])
  })
})

describe('the path of an account', () => {
  it('of a state agency is found by −235 and remembered', async () => {
    fake.state.type = 'government'
    const { sender, pin } = setUp()
    expect(await sender.send(call('một'), to)).toEqual({ kind: 'sent' })
    expect(await sender.send(call('hai'), to)).toEqual({ kind: 'sent' })
    expect(fake.callsTo(V3).length).toBe(1)
    expect(fake.sent.map((one) => one.path)).toEqual([V2, V2])
    expect(pin.saved).toEqual(['v2.0/oa/message'])
  })

  it('is not remembered before it worked', async () => {
    fake.state.type = 'government'
    fake.script(V2, { error: -32 })
    const { sender, pin } = setUp()
    expect(await sender.send(call(), to)).toMatchObject({ kind: 'retry' })
    expect(pin.saved).toEqual([])
  })

  it('goes back to v3 where v2 is closed', async () => {
    const { sender, pin } = setUp()
    await pin.save(DEFAULTS.oaId, 'v2.0/oa/message')
    expect(await sender.send(call(), to)).toEqual({ kind: 'sent' })
    expect(pin.saved.at(-1)).toBe('v3.0/oa/message/cs')
  })

  it("that neither is, is an operator's matter", async () => {
    fake.script(V3, { error: -235 })
    fake.script(V2, { error: -235 })
    expect(await send()).toMatchObject({ kind: 'retry', code: 'zalo_oa.oa_type_unsupported' })
    expect(problems).toEqual(['zalo_oa.oa_type_unsupported'])
  })
})

describe('a picture', () => {
  const URL = 'https://loa.example/api/v1/media/1'
  const UPLOAD = '/v2.0/oa/upload/image'
  const jpeg = { bytes: new Uint8Array(40_000).fill(7), contentType: 'image/jpeg' }
  const picture = {
    recipient: { user_id: USER },
    message: {
      text: 'Ảnh sau khi sửa',
      attachment: {
        type: 'template' as const,
        payload: {
          template_type: 'media' as const,
          elements: [{ media_type: 'image' as const, url: URL }],
        },
      },
    },
  }
  const elementOf = (i: number) =>
    Reflect.get(
      Object(Reflect.get(Object(fake.sent[i]?.message.attachment), 'payload')),
      'elements',
    )

  it('of ours is uploaded once for all chats', async () => {
    const { sender } = setUp({ media: memoryMedia({ [URL]: jpeg }) })
    for (let i = 0; i < 3; i++) expect(await sender.send(picture, to)).toEqual({ kind: 'sent' })
    expect(fake.callsTo(UPLOAD).length).toBe(1)
    expect(elementOf(2)).toEqual([{ media_type: 'image', attachment_id: 'attachment-1' }])
    expect(fake.sent[2]?.message.text).toBe('Ảnh sau khi sửa')
  })

  it.each([
    ['that is not ours', {}],
    ['over 1 MB', { [URL]: { ...jpeg, bytes: new Uint8Array(1_000_001) } }],
    ['that Zalo does not take', { [URL]: { ...jpeg, contentType: 'image/webp' } }],
  ])('%s goes by its address', async (_name, files) => {
    const { sender } = setUp({ media: memoryMedia(files) })
    expect(await sender.send(picture, to)).toEqual({ kind: 'sent' })
    expect(fake.callsTo(UPLOAD).length).toBe(0)
    expect(elementOf(0)).toEqual([{ media_type: 'image', url: URL }])
  })

  it('that Zalo forgot is uploaded again within the same send', async () => {
    const media = memoryMedia({ [URL]: jpeg })
    media.kept.set(URL, 'attachment-of-last-month')
    expect(await setUp({ media }).sender.send(picture, to)).toEqual({ kind: 'sent' })
    expect(fake.callsTo(UPLOAD).length).toBe(1)
  })

  it('whose upload is refused goes by its address; whose upload cannot be made waits', async () => {
    const { sender } = setUp({ media: memoryMedia({ [URL]: jpeg }) })
    fake.script(UPLOAD, { error: -211 })
    expect(await sender.send(picture, to)).toEqual({ kind: 'sent' })
    fake.script(UPLOAD, { status: 503 })
    expect(await sender.send(picture, to)).toMatchObject({ kind: 'retry' })
    expect(fake.sent.length).toBe(1)
  })

  it('waits while our own storage fails', async () => {
    const media = { ...memoryMedia({}), findAttachment: () => Promise.reject(new Error('away')) }
    expect(await setUp({ media }).sender.send(picture, to)).toMatchObject({ kind: 'retry' })
    expect(fake.sent.length).toBe(0)
  })
})

it('nothing that is told or thrown carries a token or a secret', async () => {
  const told: unknown[] = []
  const roots = [fake.roots, { ...fake.roots, api: 'http://127.0.0.1:9' }]
  for (const each of roots) {
    for (const step of [{ status: 500 }, { cut: true }, { error: -216 }, { error: -9 }] as const) {
      fake.script(V3, step, step)
      fake.state.refreshToken = DEFAULTS.refreshToken
      const client = createZaloClient({ roots: each })
      told.push(await send({ client }).catch((error: unknown) => Object(error).stack))
    }
  }
  const exploding = createZaloClient({
    roots: fake.roots,
    fetch: async (_url, init) => {
      throw new Error(JSON.stringify(init))
    },
  })
  told.push(await send({ client: exploding }).catch((error: unknown) => Object(error).stack))
  expect(told.length).toBe(9)
  expect(JSON.stringify([told, problems])).not.toMatch(/fake-(access|refresh|app-secret)/)
})
