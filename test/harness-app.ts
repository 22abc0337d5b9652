import type { OpenAPIHono } from '@hono/zod-openapi'
import { createApp, type Deps } from '../api/app.ts'
import type { Db } from '../api/context.ts'
import { idFactory } from '../api/core/ids.ts'
import type { HttpEnv } from '../api/http/kit.ts'
import { createMeter } from '../api/http/meter.ts'
import {
  silentLog,
  type TestClock,
  testClock,
  testPorts,
  testSettings,
  testTranslators,
} from './harness.ts'

export type TestApp = {
  app: OpenAPIHono<HttpEnv>
  deps: Deps
  clock: TestClock
  /** One request as a browser page of the same origin would make it; `json` sets body and content type. */
  request: (path: string, init?: RequestInit & { json?: unknown }) => Promise<Response>
}

/** What a host gives, with a test's clock and in-memory ports; nothing in it talks to the outside. */
export function testDeps(db: Db, clock: TestClock, overrides: Partial<Deps> = {}): Deps {
  const ports = overrides.ports ?? testPorts()
  return {
    openDb: () => ({ db, close: async () => {} }),
    ports,
    settings: testSettings,
    translators: testTranslators,
    log: silentLog,
    now: clock.now,
    newId: idFactory(clock.now, ports.random),
    embedOrigins: [],
    tilesUrl: null,
    trustedProxies: [],
    remoteAddress: () => '192.0.2.1',
    channels: () => ({ web: 'on' }),
    meter: createMeter(),
    metrics: () => ({}),
    turn: async () => {
      throw new Error('this test gave no chat turn')
    },
    preview: () => [],
    background: (work) => void work,
    ...overrides,
  }
}

/** The app as a host would make it. `create` lets a test mount routers of its own. */
export function testApp(
  db: Db,
  overrides: Partial<Deps> = {},
  create: (deps: Deps) => OpenAPIHono<HttpEnv> = createApp,
): TestApp {
  const clock = testClock()
  const deps = testDeps(db, clock, { now: clock.now, ...overrides })
  const app = create(deps)
  return {
    app,
    deps,
    clock,
    request: async (path, { json, ...init } = {}) => {
      const headers = new Headers(init.headers)
      if (!headers.has('sec-fetch-site')) headers.set('sec-fetch-site', 'same-origin')
      if (json === undefined) return app.request(path, { ...init, headers })
      headers.set('content-type', 'application/json')
      return app.request(path, {
        method: 'POST',
        ...init,
        headers,
        body: JSON.stringify(json),
      })
    },
  }
}
