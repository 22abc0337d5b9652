import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import { createFeed } from '../../api/http/event-feed.ts'
import { createShell } from '../../api/http/shell.ts'
import { consoleRoutes, digestEvents, readInbox } from '../../api/rooms/console/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testApp } from '../harness-app.ts'
import { type Commune, OFFICE, openCommune } from './incidents-kit.ts'

const CONSOLES = 100
const CUTS = 10
const HEADERS = { cookie: 'loa_session=x', 'sec-fetch-site': 'same-origin' }

let test: TestDb
let c: Commune
beforeAll(async () => {
  test = await openDatabase()
  await test.truncate()
  c = await openCommune(test.db)
})
afterAll(() => test.close())

/** The console's routes on a real socket, with one feed for all lines as a host has it. */
async function serve(actor: Actor) {
  const { app } = testApp(
    test.db,
    // So many lines from one address are this test's, not a flood.
    { now: c.clock.now, ports: { ...c.ports, limits: { take: async () => ({ ok: true }) } } },
    (deps) => {
      const feed = createFeed(deps, digestEvents)
      return createShell(deps, {
        authenticate: async () => actor,
        cookieName: 'loa_session',
        mount: (api) => void api.route('/', consoleRoutes({ feed: () => feed })),
      })
    },
  )
  const server = createAdaptorServer({ fetch: app.fetch })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/api/v1/console/inbox`,
    close: () => {
      'closeAllConnections' in server && server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A page as `work-list/live.ts` keeps it: the list, a line from where the list was read, the list again at news. */
function openConsole(url: string) {
  let shown: string[] = []
  let isOver = false
  let line = new AbortController()
  let cuts = 0
  const read = async (): Promise<string> => {
    const page = await (await fetch(`${url}?limit=100`, { headers: HEADERS })).json()
    shown = page.items.map((item: { id: string; state: string }) => `${item.id} ${item.state}`)
    return page.since
  }
  const listen = async (since: string): Promise<string> => {
    let last = since
    const answer = await fetch(`${url}/stream`, {
      headers: { ...HEADERS, 'last-event-id': since },
      signal: line.signal,
    })
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { value, done } = (await reader?.read()) ?? { value: '', done: true }
      if (done) return last
      const ids = [...value.matchAll(/id: (\S+)/g)]
      last = ids.at(-1)?.[1] ?? last
      if (value.includes('event: news')) await read()
    }
  }
  const run = async () => {
    let since = await read()
    while (!isOver) {
      line = new AbortController()
      since = await listen(since).catch(() => since)
    }
  }
  return {
    shown: () => shown,
    cuts: () => cuts,
    cut: () => {
      cuts += 1
      line.abort()
    },
    running: run(),
    end: () => {
      isOver = true
      line.abort()
    },
  }
}

it(`${CONSOLES} consoles whose network is cut ${CUTS} times end in the state of the database`, async () => {
  const server = await serve(c.dispatcher)
  const consoles = Array.from({ length: CONSOLES }, () => openConsole(server.url))
  for (let round = 0; round < CUTS; round++) {
    const { publicCode } = await c.report(round % 2 === 0 ? {} : { urgency: 'urgent' })
    for (const one of consoles) one.cut()
    if (round % 3 === 0)
      await c.move(c.dispatcher, publicCode, { kind: 'accept_and_assign', agencyCode: OFFICE })
    else await c.move(c.dispatcher, publicCode, { kind: 'accept' })
  }
  const { items } = await readInbox(c.as(c.dispatcher), { limit: 100 })
  const truth = items.map((item) => `${item.id} ${'state' in item ? item.state : ''}`)
  expect(truth.length).toBeGreaterThan(0)
  for (const one of consoles) {
    await expect.poll(one.shown, { timeout: 60_000, interval: 100 }).toEqual(truth)
    expect(one.cuts()).toBe(CUTS)
  }
  for (const one of consoles) one.end()
  await Promise.all(consoles.map((one) => one.running))
  await server.close()
}, 240_000)
