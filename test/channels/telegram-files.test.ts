import { describe, expect, it } from 'vitest'
import { fetchTelegramFile } from '../../bots/telegram/files.ts'
import type { FakeOutcome } from '../fakes/telegram.ts'
import { CHAT, deadUrl, fakeTelegram, listen, showsToken } from './telegram-kit.ts'

const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251)

async function withPhoto(size?: number) {
  const { fake, access } = await fakeTelegram()
  await fake.sendPhoto(CHAT, bytes, size === undefined ? {} : { size })
  const fileId = [...fake.state.files.values()].find((file) => file.bytes.length === bytes.length)
  return { fake, access, fileId: fileId?.fileId ?? '' }
}

describe('fetchTelegramFile', () => {
  it('brings the bytes', async () => {
    const { access, fileId } = await withPhoto()
    expect(await fetchTelegramFile(access, fileId, 300_000)).toEqual({ kind: 'file', bytes })
  })

  it('takes no byte more than allowed, whatever size was promised', async () => {
    const { fake, access, fileId } = await withPhoto(10)
    expect(await fetchTelegramFile(access, fileId, 299_999)).toEqual({
      kind: 'failed',
      code: 'too_large',
    })
    expect(fake.calls('getFile')).toHaveLength(1)
  })

  it('does not even begin with what is said to be too large', async () => {
    const { access, fileId } = await withPhoto(400_000)
    const asked: string[] = []
    const counting: typeof fetch = (input, init) => {
      asked.push(String(input))
      return fetch(input, init)
    }
    const options = { ...access, fetch: counting }
    expect(await fetchTelegramFile(options, fileId, 350_000)).toMatchObject({ code: 'too_large' })
    expect(asked).toHaveLength(1)
  })

  it('knows what Telegram itself will not give out', async () => {
    const { access, fileId } = await withPhoto(20_000_001)
    expect(await fetchTelegramFile(access, fileId)).toEqual({ kind: 'failed', code: 'too_large' })
    expect(await fetchTelegramFile(access, 'nobody')).toMatchObject({
      kind: 'retry',
      code: 'file_unavailable',
    })
  })

  it.each([
    [
      'getFile',
      { kind: 'error', status: 429, description: 'Too Many', parameters: { retry_after: 3 } },
      { kind: 'retry', afterMs: 3_000, code: 'rate_limited' },
    ],
    ['getFile', { kind: 'hangup' }, { kind: 'retry', code: 'network' }],
    ['getFile', { kind: 'page', status: 503 }, { kind: 'retry', code: 'server_error' }],
    ['file', { kind: 'page', status: 500 }, { kind: 'retry', code: 'http_500' }],
    ['file', { kind: 'page', status: 302 }, { kind: 'retry', code: 'http_302' }],
    ['file', { kind: 'page', status: 404 }, { kind: 'failed', code: 'file_gone' }],
  ] as [string, FakeOutcome, Record<string, unknown>][])(
    'on a fault of %s (%o) tells what to do without the token',
    async (method, outcome, expected) => {
      const { fake, access, fileId } = await withPhoto()
      fake.script(outcome, { method })
      const fetched = await fetchTelegramFile(access, fileId)
      expect(fetched).toMatchObject(expected)
      expect(showsToken(fetched)).toBe(false)
    },
  )

  it('follows no redirect: it would carry the token away', async () => {
    const asked: string[] = []
    const elsewhere = await listen(async (request) => {
      asked.push(request.url)
      return new Response('x')
    })
    const { fake, access, fileId } = await withPhoto()
    const turned: typeof fetch = (input, init) =>
      fetch(String(input).includes('/file/') ? moved : input, init)
    const moved = await listen(async () => Response.redirect(`${elsewhere}/x`, 302))
    const fetched = await fetchTelegramFile({ ...access, fetch: turned }, fileId)
    expect(fetched).toMatchObject({ kind: 'retry', code: 'http_302' })
    expect(fake.calls('getFile')).toHaveLength(1)
    expect(asked).toEqual([])
  })

  it('tries again later when nothing answers', async () => {
    const { access, fileId } = await withPhoto()
    const dead = { ...access, apiRoot: await deadUrl() }
    expect(await fetchTelegramFile(dead, fileId)).toMatchObject({
      kind: 'retry',
      code: 'unreachable',
    })
  })

  it.each(['../../bot/getMe', '/etc/passwd', 'https://elsewhere.example/x', 'photos/../../x', ''])(
    'follows no path that leads elsewhere: "%s"',
    async (path) => {
      const { access } = await withPhoto()
      const asked: string[] = []
      const lying: typeof fetch = async (input) => {
        asked.push(String(input))
        return Response.json({
          ok: true,
          result: { file_id: 'x', file_unique_id: 'x', file_path: path },
        })
      }
      const fetched = await fetchTelegramFile({ ...access, fetch: lying }, 'x')
      expect(fetched).toEqual({ kind: 'failed', code: 'file_gone' })
      expect(asked).toHaveLength(1)
    },
  )
})
