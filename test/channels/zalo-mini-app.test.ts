import { expect, it } from 'vitest'
import { createMiniAppWebhook, zaloMiniAppMac } from '../../bots/zalo-oa/mini-app-webhook.ts'

const APP = '1108150057962423928'
const EVENT = {
  event: 'user.revoke.consent',
  appId: APP,
  userId: '4595968088514154079',
  timestamp: 1670553442564,
}
const KEY = 'api-key'

function open() {
  const revoked: string[] = []
  const receive = createMiniAppWebhook({
    apiKey: KEY,
    appId: APP,
    revoke: async (userId) => void revoked.push(userId),
  })
  const post = async (body: unknown, mac: string) => {
    const headers = { 'x-zevent-signature': mac }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    return (await receive(new Request('http://loa.test/', init))).status
  }
  return { revoked, post }
}

it('the signature is the one of the published package', async () => {
  expect(await zaloMiniAppMac(EVENT, KEY)).toBe(
    '8c21cdb98105ae01158d310e05ded4f3d51ee70ecdcd43628ba5a2d70aa37f11',
  )
})

it('a signed withdrawal is carried out; another app or event is left', async () => {
  const { revoked, post } = open()
  expect(await post(EVENT, await zaloMiniAppMac(EVENT, KEY))).toBe(200)
  for (const other of [
    { ...EVENT, appId: '2' },
    { ...EVENT, event: 'x' },
  ])
    expect(await post(other, await zaloMiniAppMac(other, KEY))).toBe(200)
  expect(revoked).toEqual([EVENT.userId])
})

it('a wrong signature gets 401 and causes nothing', async () => {
  const { revoked, post } = open()
  expect(await post(EVENT, await zaloMiniAppMac(EVENT, 'other'))).toBe(401)
  expect(await post(EVENT, '')).toBe(401)
  expect(revoked).toEqual([])
})
