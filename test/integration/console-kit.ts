import type { Actor, Db } from '../../api/context.ts'
import { createFeed } from '../../api/http/event-feed.ts'
import { createShell } from '../../api/http/shell.ts'
import { consoleRoutes, digestEvents } from '../../api/rooms/console/index.ts'
import { testApp } from '../harness-app.ts'
import type { Commune } from './incidents-kit.ts'

/** The console's routes as this actor meets them, over HTTP. */
export function desk(db: Db, c: Commune, actor: Actor | null) {
  const { request } = testApp(db, { now: c.clock.now, ports: c.ports }, (deps) =>
    createShell(deps, {
      authenticate: async () => actor,
      cookieName: 'loa_session',
      mount: (api) =>
        void api.route('/', consoleRoutes({ feed: () => createFeed(deps, digestEvents) })),
    }),
  )
  const headers = { cookie: 'loa_session=x' }
  return {
    get: (path: string, init: RequestInit = {}) => request(`/api/v1${path}`, { ...init, headers }),
    put: (path: string, json: unknown) =>
      request(`/api/v1${path}`, { method: 'PUT', json, headers }),
    remove: (path: string) => request(`/api/v1${path}`, { method: 'DELETE', headers }),
    post: (path: string, json: unknown) =>
      request(`/api/v1${path}`, { method: 'POST', json, headers }),
  }
}
