import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkInitData, TELEGRAM_PUBLIC_KEY, type TelegramKey, telegramHash } from './telegram.ts'

/** Published by Telegram's own documentation and by its client libraries. */
const A = {
  botToken: '5768337691:AAH5YkoiEuPk8-FZa32hStHTqXiLPtAEhx8',
  at: new Date(1_662_771_648_000),
  initData:
    'query_id=AAHdF6IQAAAAAN0XohDhrOrc&user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22Vladislav%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%7D&auth_date=1662771648&hash=c501b71e775f74ce10e377dea85a7ea24ecd640b223ea86dfe453e0eaed2e2b2',
}
const B = {
  botId: '7342037359',
  botToken: '7342037359:AAFZehRPBRs8Seg40oDjTMIW8uTGPuW1zfQ',
  at: new Date(1_733_584_787_000),
  initData:
    'user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22Vladislav%20%2B%20-%20%3F%20%5C%2F%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%2C%22allows_write_to_pm%22%3Atrue%2C%22photo_url%22%3A%22https%3A%5C%2F%5C%2Ft.me%5C%2Fi%5C%2Fuserpic%5C%2F320%5C%2F4FPEE4tmP3ATHa57u6MqTDih13LTOiMoKoLDRG4PnSA.svg%22%7D&chat_instance=8134722200314281151&chat_type=private&auth_date=1733584787&signature=zL-ucjNyREiHDE8aihFwpfR9aggP2xiAo3NSpfe-p7IbCisNlDKlo7Kb6G4D0Ao2mBrSgEk4maLSdv6MLIlADQ&hash=2174df5b000556d044f3f020384e879c8efcab55ddea2ced4eb752e93e7080d6',
}
const PROVEN = { outcome: 'proven', userId: '279058397' }
const INVALID = { outcome: 'invalid' }
const ed25519: TelegramKey = { botId: B.botId, publicKeyHex: TELEGRAM_PUBLIC_KEY }

describe('checkInitData', () => {
  it('accepts the public vectors, by HMAC and by Ed25519', async () => {
    expect(await checkInitData(A.initData, A, A.at)).toEqual(PROVEN)
    expect(await checkInitData(B.initData, { botToken: B.botToken }, B.at)).toEqual(PROVEN)
    expect(await checkInitData(B.initData, ed25519, B.at)).toEqual(PROVEN)
  })

  it('derives its key as the documentation says', async () => {
    expect(await telegramHash('my-secret-token', 'abc')).toBe(
      '6ecc2e9b51f30dde6877ce374ede54eb626c84e78a5d9a9dcac54d2d248f6bde',
    )
  })

  it('refuses another bot, and the wrong kind of signature', async () => {
    expect(await checkInitData(A.initData, { botToken: B.botToken }, A.at)).toEqual(INVALID)
    expect(await checkInitData(A.initData, ed25519, A.at)).toEqual(INVALID)
    expect(await checkInitData(B.initData, { ...ed25519, botId: '1' }, B.at)).toEqual(INVALID)
    const unsigned = B.initData.replace(/&hash=\w+/, '')
    expect(await checkInitData(unsigned, { botToken: B.botToken }, B.at)).toEqual(INVALID)
  })

  it('refuses true data that is too old or from the future', async () => {
    const later = (ms: number) => new Date(A.at.getTime() + ms)
    const check = (at: Date) => checkInitData(A.initData, { botToken: A.botToken }, at)
    expect(await check(later(3_600_000))).toEqual(PROVEN)
    expect(await check(later(3_600_001))).toEqual({ outcome: 'expired' })
    expect(await check(later(-60_001))).toEqual({ outcome: 'expired' })
  })

  it('refuses a second user beside the signed one', async () => {
    const twice = `${A.initData}&user=${encodeURIComponent('{"id":1}')}`
    expect(await checkInitData(twice, A, A.at)).toEqual(INVALID)
  })

  it('refuses signed data that names nobody', async () => {
    const text = `auth_date=${A.at.getTime() / 1000}`
    const hash = await telegramHash(A.botToken, text)
    expect(await checkInitData(`${text}&hash=${hash}`, A, A.at)).toEqual(INVALID)
  })

  it('refuses any change of one sign, and never throws', async () => {
    const change = fc.tuple(fc.nat(A.initData.length - 1), fc.constantFrom(...'0aZ&=%'))
    await fc.assert(
      fc.asyncProperty(change, async ([at, sign]) => {
        const changed = A.initData.slice(0, at) + sign + A.initData.slice(at + 1)
        // Small and capital letters of a percent code mean the same sign.
        fc.pre(
          decodeURIComponent(`${new URLSearchParams(changed)}`) !==
            decodeURIComponent(`${new URLSearchParams(A.initData)}`),
        )
        expect((await checkInitData(changed, A, A.at)).outcome).not.toBe('proven')
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect(await checkInitData(text, A, A.at)).toEqual(INVALID)
        expect(await checkInitData(text, ed25519, A.at)).toEqual(INVALID)
      }),
    )
  })
})
