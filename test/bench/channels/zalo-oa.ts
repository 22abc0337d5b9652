import { startServer } from '../../e2e/server.ts'
import { DEFAULTS, startZaloOaFake } from '../../fakes/zalo-oa.ts'
import { print } from './kit.ts'

/** Webhooks arrive at a fixed rate, whatever becomes of the earlier ones; how long each waits for its 200. */
export async function benchZaloOa(
  name: string,
  env: Record<string, string>,
  seconds: number,
): Promise<void> {
  const oa = await startZaloOaFake()
  const server = await startServer({
    env: {
      ...env,
      DEMO_SEND: '1',
      PUBLIC_URL: 'http://loa.test',
      ZALO_APP_ID: DEFAULTS.appId,
      ZALO_APP_SECRET: DEFAULTS.appSecret,
      ZALO_OA_ID: DEFAULTS.oaId,
      ZALO_OA_SECRET_KEY: DEFAULTS.oaSecretKey,
      ZALO_OA_REFRESH_TOKEN: DEFAULTS.refreshToken,
      ZALO_API_ROOT: oa.url,
      ZALO_OAUTH_ROOT: oa.url,
      ZALO_GRAPH_ROOT: oa.url,
    },
  })
  const times: number[] = []
  const failed: number[] = []
  const one = async (n: number) => {
    const body = {
      app_id: DEFAULTS.appId,
      event_name: 'user_send_text',
      timestamp: String(Date.now()),
      sender: { id: `2468455${n % 400}` },
      recipient: { id: DEFAULTS.oaId },
      message: { text: 'xin chào', msg_id: `bench-${n}` },
    }
    const at = performance.now()
    const answer = oa.post(`${server.url}/webhooks/zalo-oa`, body)
    const [status = 0] = await answer.catch(() => [0])
    times.push(performance.now() - at)
    if (status !== 200) failed.push(status)
  }
  const perSecond = 200
  const started = performance.now()
  const all: Promise<void>[] = []
  for (let n = 0; n < perSecond * seconds; n++) {
    const waitMs = started + (n * 1_000) / perSecond - performance.now()
    if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs))
    all.push(one(n))
  }
  await Promise.all(all)
  times.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(0)
  print(
    `Zalo OA, ${name}, ${perSecond} webhooks/s for ${seconds} s: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms, not 200: ${failed.length}`,
  )
  await server.stop()
  await oa.stop()
}
