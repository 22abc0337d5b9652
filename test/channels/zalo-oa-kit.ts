import { afterAll, beforeEach } from 'vitest'
import type { SendOutcome } from '../../api/chat/sender.ts'
import { createZaloClient, type ZaloClient } from '../../bots/zalo-oa/client.ts'
import type { Media } from '../../bots/zalo-oa/ports.ts'
import { createZaloOaSender } from '../../bots/zalo-oa/send.ts'
import { createTemplateSender } from '../../bots/zalo-oa/template.ts'
import { createTokens } from '../../bots/zalo-oa/tokens.ts'
import { DEFAULTS, startZaloOaFake, type ZaloOaFake } from '../fakes/zalo-oa.ts'
import { memoryPin, memoryTokenStore } from '../fakes/zalo-stores.ts'

export const V3 = '/v3.0/oa/message/cs'
export const USER = '246845883529197922'
/** 22:30 in Viet Nam. */
const NIGHT = Date.parse('2026-11-23T15:30:00Z')

export const words = { sendLocation: '', sendPhone: '', useKeyboard: '' }
export const to = { chatKey: USER, language: 'vi' as const }
export const call = (text = 'Đã nhận phản ánh') => ({
  recipient: { user_id: USER },
  message: { text },
})

type Given = {
  templateId?: string
  media?: Media
  client?: ZaloClient
  store?: ReturnType<typeof memoryTokenStore>
}

/** A sender of one account against the fake, for a whole test file: a fresh fake, clock and list of problems each test. */
export async function useZaloOa() {
  const fake: ZaloOaFake = await startZaloOaFake()
  const clock = { ms: NIGHT }
  const now = () => new Date(clock.ms)
  const problems: string[] = []
  afterAll(() => fake.stop())
  beforeEach(() => {
    fake.reset()
    fake.state.type = 'business'
    fake.state.refreshToken = DEFAULTS.refreshToken
    fake.state.rotations = 0
    fake.state.isExpired = true
    fake.state.errors.clear()
    problems.length = 0
    clock.ms = NIGHT
  })

  function setUp({ templateId, media, client, store = memoryTokenStore() }: Given = {}) {
    const used = client ?? createZaloClient({ roots: fake.roots })
    const onProblem = (code: string) => problems.push(code)
    const { oaId, appId, appSecret, refreshToken: seed } = DEFAULTS
    const account = { oaId, appId, appSecret, seed, store }
    const tokens = createTokens({ ...account, client: used, now, onProblem })
    const pin = memoryPin()
    const way = { oaId, client: used, tokens, pin, now, onProblem }
    const common = templateId === undefined ? way : { ...way, templateId }
    const sender = createZaloOaSender(media === undefined ? common : { ...common, media })
    return { sender, pin, tokens, template: createTemplateSender(common) }
  }

  const send = (given: Given = {}): Promise<SendOutcome> => setUp(given).sender.send(call(), to)
  return { fake, clock, problems, setUp, send }
}
