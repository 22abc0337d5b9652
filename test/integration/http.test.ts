import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Deps } from '../../api/app.ts'
import { AppError, ERROR_STATUS, type ErrorCode } from '../../api/core/errors.ts'
import { createRoute, json, jsonBody, newRouter, z } from '../../api/http/kit.ts'
import { createLog } from '../../api/http/log.ts'
import { createShell } from '../../api/http/shell.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testApp } from '../harness-app.ts'

let test: TestDb
beforeAll(async () => {
  test = await openDatabase()
})
afterAll(() => test.close())

const Note = z.object({
  title: z.string().min(3),
  tags: z.array(z.string()).max(1).optional(),
  rank: z.number().min(1).optional(),
})
const putNote = createRoute({
  method: 'post',
  path: '/notes',
  request: { body: jsonBody(Note) },
  responses: { 200: json(Note, 'The note') },
})

/** Every placeholder of any sentence. */
const PARAMS = {
  max: 6,
  minimum: 12,
  seconds: 7,
  minutes: 15,
  count: 3,
  code: 'HUE-2222-2222',
  source: 'mot-cua',
  service: 'road',
  option: '$top',
}

/** A small room that fails in every way there is. */
const room = () => {
  const router = newRouter().openapi(putNote, (c) => c.json(c.req.valid('json'), 200))
  router.get('/fail/:code', (c) => {
    throw new AppError(c.req.param('code') as ErrorCode, {
      params: PARAMS,
      ...(c.req.query('wait') ? { retryAfterSeconds: 7 } : {}),
      ...(c.req.query('changed') ? { detail: { version: 3 } } : {}),
    })
  })
  router.get('/crash', () => {
    throw new TypeError('call 0905123456 about it')
  })
  router.get('/twice', async (c) => {
    const row = { key: 'same', windowAt: new Date(0), hits: 1 }
    await c.var.ctx.db.insertInto('rateLimit').values([row, row]).execute()
    return c.text('unreachable')
  })
  router.get('/who', (c) => c.json(c.var.ctx.actor))
  router.get('/stream', () => {
    return new Response('data: 1\n\n', { headers: { 'Content-Type': 'text/event-stream' } })
  })
  return router
}

const appWith = (overrides: Partial<Deps> = {}) =>
  testApp(test.db, overrides, (deps) =>
    createShell(deps, {
      authenticate: async (_ctx, secret) => {
        if (secret === 'ended') throw new AppError('identity.session_expired')
        return secret === 'good' ? { kind: 'resident', residentId: 'r1' } : null
      },
      cookieName: 'loa_session',
      mount: (api) => void api.route('/', room()),
    }),
  )

const problemOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  return (await response.json()) as Record<string, unknown>
}

describe('problems', () => {
  it.each(Object.entries(ERROR_STATUS))('%s is worded in both languages', async (code, status) => {
    const { request } = appWith()
    const bodies = await Promise.all(
      ['vi', 'en'].map(async (language) => {
        const response = await request(`/api/v1/fail/${code}?lang=${language}`)
        expect(response.status).toBe(status)
        return problemOf(response)
      }),
    )
    const [vi, en] = bodies
    expect(vi).toMatchObject({ type: `/errors/${code}`, status, code, params: PARAMS })
    for (const member of ['title', 'detail']) {
      expect(String(vi?.[member]).length).toBeGreaterThan(5)
      expect(vi?.[member]).not.toBe(en?.[member])
      expect(`${vi?.[member]}${en?.[member]}`).not.toMatch(/!|\{\{|\}\}|errors:/)
    }
  })

  it('the request id is ours, stands on the answer and in the body, and is new each time', async () => {
    const { request } = appWith()
    const ask = () =>
      request('/api/v1/fail/http.internal', { headers: { 'x-request-id': 'INBOUND' } })
    const [one, two] = [await ask(), await ask()]
    const id = one.headers.get('x-request-id')
    expect(id).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    expect(two.headers.get('x-request-id')).not.toBe(id)
    const body = await problemOf(one)
    expect(body).toMatchObject({ requestId: id, instance: `urn:loa:request:${id}` })
    expect(body.detail).toContain(id)
  })

  it('the language is that of the query, else of our header, else of the browser, else Vietnamese', async () => {
    const { request } = appWith()
    const title = async (query: string, headers: Record<string, string>) =>
      (await problemOf(await request(`/api/v1/none${query}`, { headers }))).title
    const vi = await title('', {})
    const en = await title('?lang=en', { 'x-loa-language': 'vi' })
    expect(en).not.toBe(vi)
    expect(await title('', { 'x-loa-language': 'en', 'accept-language': 'vi' })).toBe(en)
    expect(await title('', { 'accept-language': 'en-GB,vi;q=0.5' })).toBe(en)
    expect(await title('', { 'accept-language': 'fr' })).toBe(vi)
  })

  it('a field that is wrong is named with a sentence of ours, never the library’s', async () => {
    const { request } = appWith()
    const response = await request('/api/v1/notes?lang=en', {
      json: { title: 'a', tags: ['x', 'y'], rank: 0 },
    })
    const body = await problemOf(response)
    expect(body).toMatchObject({ code: 'http.invalid_input', status: 422 })
    const issues = body.issues as { path: string; code: string; message: string }[]
    expect(issues.map(({ path, code }) => [path, code])).toEqual([
      ['title', 'too_small'],
      ['tags', 'too_big'],
      ['rank', 'too_small'],
    ])
    expect(new Set(issues.map((issue) => issue.message)).size).toBe(3)
    expect(JSON.stringify(issues)).not.toMatch(/Too small|expected string|received/)
  })

  it('broken JSON is 400, another content type 415, a wrong method 405 with what is allowed', async () => {
    const { request } = appWith()
    const send = (contentType: string, body: string) =>
      request('/api/v1/notes', { method: 'POST', headers: { 'content-type': contentType }, body })
    expect(await problemOf(await send('application/json', '{"title":'))).toMatchObject({
      code: 'http.bad_request',
    })
    expect(await problemOf(await send('text/plain', 'title=abc'))).toMatchObject({
      code: 'http.unsupported_media_type',
    })
    const wrong = await request('/api/v1/notes', { method: 'DELETE' })
    expect(wrong.headers.get('allow')).toBe('POST')
    expect(await problemOf(wrong)).toMatchObject({ status: 405, code: 'http.method_not_allowed' })
    expect((await request('/api/v1/who', { method: 'HEAD' })).status).toBe(200)
  })

  it('a unique violation is a conflict, an unknown error is internal and tells nothing of itself', async () => {
    const lines: string[] = []
    const log = createLog(
      (line) => lines.push(line),
      'warn',
      () => new Date(0),
    )
    const { request } = appWith({ log })
    expect(await problemOf(await request('/api/v1/twice'))).toMatchObject({ code: 'http.conflict' })
    const crash = await problemOf(await request('/api/v1/crash'))
    expect(crash).toMatchObject({ code: 'http.internal', status: 500 })
    expect(JSON.stringify(crash)).not.toMatch(/0905|TypeError|call/)
    const [conflict, internal] = lines.map((line) => JSON.parse(line))
    expect(conflict).toMatchObject({ level: 'warn', sqlState: '23505' })
    expect(JSON.stringify(conflict)).not.toContain('same')
    expect(internal).toMatchObject({
      level: 'error',
      error: 'TypeError',
      requestId: crash.requestId,
    })
    expect(internal.stack).toContain('http.test.ts')
    expect(lines.join('')).not.toContain('0905123456')
  })

  it('says how long to wait and what has changed when the error knows', async () => {
    const { request } = appWith()
    const response = await request('/api/v1/fail/incidents.stale?wait=1&changed=1')
    expect(response.headers.get('retry-after')).toBe('7')
    expect(await problemOf(response)).toMatchObject({ changed: { version: 3 } })
  })

  it('every type address is a page, and no other is', async () => {
    const { request } = appWith()
    for (const code of Object.keys(ERROR_STATUS)) {
      const page = await request(`/errors/${code}`)
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(code)])
    }
    expect((await request('/errors/toString')).status).toBe(404)
  })
})

describe('one request', () => {
  it('opens the database once and closes it after the answer, also after an error or a stream', async () => {
    let open = 0
    const closing: Promise<unknown>[] = []
    const { request } = appWith({
      openDb: () => {
        open += 1
        const close = async () => {
          open -= 1
        }
        return { db: test.db, close }
      },
      background: (work) => void closing.push(work),
    })
    for (const path of ['who', 'crash', 'none', 'fail/http.conflict']) {
      await request(`/api/v1/${path}`)
      await Promise.all(closing)
      expect([path, open, closing.length]).toEqual([path, 0, closing.splice(0).length])
    }
    const stream = await request('/api/v1/stream')
    expect(open).toBe(1)
    expect(await stream.text()).toBe('data: 1\n\n')
    await expect.poll(() => open).toBe(0)
  })

  it('an ended or unknown session reads public pages as anybody', async () => {
    const { request } = appWith()
    for (const secret of ['ended', 'other']) {
      const response = await request('/api/v1/who', {
        headers: { cookie: `loa_session=${secret}` },
      })
      expect([response.status, await response.json()]).toEqual([200, { kind: 'anonymous' }])
    }
  })

  it('leaves one log line with the pattern of the route, never its address', async () => {
    const lines: string[] = []
    const log = createLog(
      (line) => lines.push(line),
      'info',
      () => new Date(0),
    )
    const { request } = appWith({ log })
    const response = await request('/api/v1/fail/http.not_found?phone=0905123456')
    await request('/api/v1/secret/0905123456')
    const [known, unknown] = lines.map((line) => JSON.parse(line))
    expect(known).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      level: 'info',
      event: 'http.request',
      requestId: response.headers.get('x-request-id'),
      method: 'GET',
      route: '/api/v1/fail/:code',
      status: 404,
      ms: expect.any(Number),
    })
    expect(unknown).toMatchObject({ route: 'none', status: 404 })
    expect(lines.join('')).not.toMatch(/0905123456|phone/)
  })
})
