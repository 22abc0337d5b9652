import { createTranslators } from '../../locales/index.ts'
import { createApp, type Deps } from '../app.ts'
import type { Ports } from '../context.ts'
import { idFactory, newRequestId } from '../core/ids.ts'
import { createKeeper } from '../core/keeper.ts'
import { createDbLimiter } from '../db/rate-limit.ts'
import { createS3Storage } from '../files/s3.ts'
import { stripMetadata } from '../files/strip.ts'
import { createCtx } from '../http/context.ts'
import { pageHeaders } from '../http/headers.ts'
import { createLog, errorFields } from '../http/log.ts'
import { createMeter } from '../http/meter.ts'
import { type Channels, createChannels } from './channels/index.ts'
import { createDrain, createPreview, createTurns } from './chat.ts'
import { type Config, readConfig } from './config.ts'
import { createFollowers } from './events.ts'
import { JOBS } from './jobs.ts'
import { createPasswords } from './passwords.ts'
import { placeOf } from './place.ts'
import { createProofs } from './proofs.ts'
import { createSealer, createSign, random } from './secrets.ts'
import { createWorkerJobs, runJobs } from './workers/boss.ts'
import { currentDb, inScope, keepAlive, type Runner } from './workers/scope.ts'

/** Bindings of wrangler.toml, plus the variables of the environment as texts. */
type Bindings = Record<string, unknown> & {
  HYPERDRIVE: { connectionString: string }
  ASSETS: { fetch(request: Request): Promise<Response> }
}

type Host = { deps: Deps; channels: Channels; app: ReturnType<typeof createApp> }

/** Turns that a request takes after its answer. */
const WAITING_BATCH = 50

const PAGES = new Set(['/', '/console', '/chat', '/sw.js', '/loa.svg'])

let host: Host | undefined

/** Made once an isolate, of the bindings of the first request; only databases are opened per request. */
function hostOf(bindings: Bindings): Host {
  host ??= createHost(bindings)
  return host
}

/** Undefined when the configuration has faults; they are for the operator's log, not for the caller. */
function tryHost(bindings: Bindings): Host | undefined {
  try {
    return hostOf(bindings)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return undefined
  }
}

function createHost(bindings: Bindings): Host {
  const texts = Object.entries(bindings).filter(([, value]) => typeof value === 'string')
  const env = Object.fromEntries(texts) as Record<string, string>
  const read = readConfig({ ...env, DATABASE_URL: bindings.HYPERDRIVE.connectionString })
  if (!read.ok) throw new Error(`The configuration has faults: ${read.faults.join('; ')}`)
  const { deps, channels } = createDeps(read.config)
  return { deps, channels, app: createApp(deps) }
}

function createDeps(config: Config): Pick<Host, 'deps' | 'channels'> {
  const now = () => new Date()
  const log = createLog((line) => console.log(line), config.logLevel, now)
  const translators = createTranslators((key) => log.error('locales.missing', { key }))
  const deps: Deps = {
    openDb: () => ({ db: currentDb(), close: async () => {} }),
    ports: createPorts(config, now, (what) => keepAlive(runs[what]())),
    settings: { isDemo: config.isDemo, publicUrl: config.publicUrl, ...placeOf(config) },
    translators,
    log,
    now,
    newId: idFactory(now, random),
    embedOrigins: config.embedOrigins,
    tilesUrl: config.tilesUrl,
    trustedProxies: config.trustedProxies,
    remoteAddress: (c) => c.req.header('cf-connecting-ip'),
    channels: () => channels.states,
    meter: createMeter(),
    metrics: () => ({}),
    turn: createTurns(),
    isolatesRequests: true,
    preview: createPreview(translators),
    background: keepAlive,
  }
  const channels = createChannels(config, {
    ctx: (name) => ctxOf(deps, name),
    turn: deps.turn,
    background: keepAlive,
    log,
    count: deps.meter.count,
    sealer: deps.ports.sealer,
  })
  const drain = createDrain((name) => ctxOf(deps, name), channels.senders)
  const runs = {
    outbox: drain,
    events: createFollowers((name) => ctxOf(deps, name)),
    inbound: () => channels.takeWaiting({ limit: WAITING_BATCH }),
  }
  return { deps, channels }
}

function createPorts(config: Config, now: () => Date, wake: Ports['wake']): Ports {
  const log = createLog((line) => console.log(line), config.logLevel, now)
  return {
    random,
    passwords: createPasswords(),
    storage: config.s3 === null ? null : createS3Storage(config.s3, fetch),
    images: {
      sanitise: async (bytes) => ({ picture: stripMetadata(bytes), thumbnail: null, taken: {} }),
      cover: null,
    },
    fetchPhoto: null,
    fetchDocument: null,
    limits: createDbLimiter(currentDb, now),
    jobs: createWorkerJobs(log),
    proofs: createProofs(config),
    sign: createSign(config.appSecret ?? ''),
    sealer: createSealer(config.appSecret ?? ''),
    keeper: createKeeper(),
    wake,
  }
}

const ctxOf = (deps: Deps, name: string) =>
  createCtx(deps, {
    db: currentDb(),
    actor: { kind: 'system', name },
    language: 'vi',
    requestId: newRequestId(random),
  })

/** A page with the headers that its path asks for; other files are served without waking the Worker. */
async function servePage(request: Request, bindings: Bindings, deps: Deps): Promise<Response> {
  const page = await bindings.ASSETS.fetch(request)
  const headers = new Headers(page.headers)
  for (const [name, value] of Object.entries(pageHeaders(new URL(request.url).pathname, deps))) {
    headers.set(name, value)
  }
  return new Response(page.body, { status: page.status, headers })
}

export default {
  async fetch(request: Request, bindings: Bindings, runner: Runner): Promise<Response> {
    const made = tryHost(bindings)
    if (made === undefined) return new Response('misconfigured', { status: 503 })
    const { app, deps, channels } = made
    const { pathname } = new URL(request.url)
    if (PAGES.has(pathname)) return servePage(request, bindings, deps)
    return inScope(
      bindings.HYPERDRIVE.connectionString,
      runner,
      async () => channels.handle(request) ?? app.fetch(request, bindings),
    )
  },

  async scheduled(event: { scheduledTime: number }, bindings: Bindings, runner: Runner) {
    const { deps, channels } = hostOf(bindings)
    await inScope(bindings.HYPERDRIVE.connectionString, runner, async () => {
      const drain = createDrain((name) => ctxOf(deps, name), channels.senders)
      await drain().catch((error) => deps.log.error('outbox.failed', errorFields(error)))
      const jobs = [...JOBS, ...channels.jobs]
      await runJobs(jobs, new Date(event.scheduledTime), (job) => ctxOf(deps, job))
    })
  },
}
