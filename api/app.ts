import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Language, Translate } from '../locales/index.ts'
import type { Inbound } from './chat/inbound.ts'
import type { Message } from './chat/message.ts'
import type { Ctx, Db, Log, Ports, Settings } from './context.ts'
import { dataRequestRoutes } from './data-requests.ts'
import { type FindCaseScope, mediaRoutes } from './files/index.ts'
import { appFactRoutes } from './http/app-facts.ts'
import { createFeed } from './http/event-feed.ts'
import type { HttpEnv } from './http/kit.ts'
import type { Meter } from './http/meter.ts'
import { createShell } from './http/shell.ts'
import { alertRoutes, capRoutes, foreignRoutes } from './rooms/alerts/index.ts'
import { areaRoutes } from './rooms/areas/index.ts'
import { consoleRoutes, digestEvents } from './rooms/console/index.ts'
import {
  conversationDeskRoutes,
  conversationRoutes,
  misreadRoutes,
} from './rooms/conversations/index.ts'
import { deliveryRoutes } from './rooms/delivery/index.ts'
import {
  appointmentRoutes,
  boardRoutes,
  dossierDeskRoutes,
  dossierImportRoutes,
  dossierRoutes,
  followRoutes,
  queueRoutes,
} from './rooms/dossiers/index.ts'
import { floodRoutes } from './rooms/floods/index.ts'
import {
  guideRoutes,
  helpRoutes,
  learnRoutes,
  scamRoutes,
  teamRoutes,
} from './rooms/guides/index.ts'
import {
  actorForSecret,
  factorRoutes,
  identityRoutes,
  officialChatRoutes,
  peopleRoutes,
  providerRoutes,
  residentRoutes,
  sessionCookieName,
} from './rooms/identity/index.ts'
import {
  deskIncidentRoutes,
  findCaseScope,
  incidentFlows,
  incidentRoutes,
  liteRoutes,
  open311Routes,
  ownIncidentRoutes,
} from './rooms/incidents/index.ts'

import { noticeRoutes } from './rooms/notices/index.ts'
import { readingRoutes, sensorThingsRoutes } from './rooms/readings/index.ts'
import { findCallScope, sosRoutes } from './rooms/sos/index.ts'

/** One channel's rendering of messages, for the simulator page. */
export type RenderedPreview = {
  channel: string
  calls: readonly unknown[]
  dropped: readonly string[]
}

/** What a turn answers to its caller; the same messages are in the outbox. */
export type TurnResult = { messages: readonly Message[]; isRepeat: boolean }

/** All that a host gives. The database is opened per request (one pool on Node, one client a request on Workers). */
export type Deps = {
  openDb: () => { db: Db; close: () => Promise<void> }
  ports: Ports
  settings: Settings
  translators: (language: Language) => Translate
  log: Log
  now: () => Date
  /** One factory a process, so that ids grow. */
  newId: () => string
  /** Origins that may embed the mini-app and call the API with a bearer session. */
  embedOrigins: readonly string[]
  /** Map tiles of the pages (`{z}`, `{x}`, `{y}`); null: none. */
  tilesUrl: string | null
  /** Addresses or CIDR blocks whose `X-Forwarded-For` is believed. */
  trustedProxies: readonly string[]
  /** Address of the socket's other end (CF-Connecting-IP on Workers); undefined when the host cannot tell. */
  remoteAddress: (c: Context) => string | undefined
  /** Channels by name, for /readyz. */
  channels: () => Record<string, 'on' | 'off' | 'demo'>
  /** Counters of this process (`createMeter()`); a host may count its own things in it. */
  meter: Meter
  /** Process gauges for /metrics, full Prometheus names: `{ process_resident_memory_bytes: 1 }`. */
  metrics: () => Record<string, number>
  /** One chat turn (bots/conversation.ts, wired by the host because api imports no bot). */
  turn: (ctx: Ctx, inbound: Inbound) => Promise<TurnResult>
  /** Pure renderings of the same messages on every channel. */
  preview: (messages: readonly Message[]) => readonly RenderedPreview[]
  /** A request's database ends with it (Workers): nothing that reads may be shared between requests. */
  isolatesRequests?: true
  /** Live pages end when the server stops. */
  stopping?: AbortSignal
  /** Keeps a promise alive after the response (waitUntil on Workers). */
  background: (work: Promise<unknown>) => void
}

/** Whose rights reach the photos of a case: the rooms that have cases, asked in turn. */
const findScope: FindCaseScope = async (ctx, id) =>
  (await findCaseScope(ctx, id)) ?? findCallScope(ctx, id)

/** The whole API; a host adds its static pages to it and serves it. */
export function createApp(deps: Deps): OpenAPIHono<HttpEnv> {
  const feed = createFeed(deps, digestEvents)
  const live = {
    feed: () => (deps.isolatesRequests ? createFeed(deps, digestEvents) : feed),
    ...(deps.stopping === undefined ? {} : { stopping: deps.stopping }),
  }
  return createShell(deps, {
    authenticate: actorForSecret,
    cookieName: sessionCookieName(deps.settings),
    standards: (root) => {
      root.route('/open311/v2', open311Routes())
      root.route('/lite', liteRoutes())
      root.route('/cap', capRoutes())
      root.route('/sensorthings/v1.1', sensorThingsRoutes())
    },
    mount: (api) => {
      api.route('/', appFactRoutes(deps))
      api.route('/', areaRoutes())
      api.route('/', identityRoutes())
      api.route('/', factorRoutes())
      api.route('/', peopleRoutes())
      api.route('/', providerRoutes())
      api.route('/', officialChatRoutes())
      api.route('/', residentRoutes())
      api.route('/', deliveryRoutes())
      api.route('/', dataRequestRoutes())
      api.route('/', mediaRoutes(findScope))
      api.route('/', ownIncidentRoutes())
      api.route('/', deskIncidentRoutes())
      api.route('/', incidentRoutes())
      api.route('/', dossierRoutes())
      api.route('/', dossierDeskRoutes())
      api.route('/', dossierImportRoutes())
      api.route('/', followRoutes())
      api.route('/', appointmentRoutes())
      api.route('/', queueRoutes())
      api.route('/', scamRoutes())
      api.route('/', readingRoutes())
      api.route('/', floodRoutes())
      api.route('/', guideRoutes())
      api.route('/', teamRoutes())
      api.route('/', helpRoutes())
      api.route('/', learnRoutes())
      api.route('/', foreignRoutes())
      api.route('/', alertRoutes())
      api.route('/', noticeRoutes(live))
      api.route('/', boardRoutes())
      api.route('/', sosRoutes())
      api.route('/', consoleRoutes(live))
      api.route('/', conversationDeskRoutes())
      api.route('/', misreadRoutes())
      const flows = incidentFlows.map(({ flow }) => flow)
      api.route('/', conversationRoutes({ turn: deps.turn, preview: deps.preview, flows }))
    },
  })
}
