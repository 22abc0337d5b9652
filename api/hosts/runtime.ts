import { createTranslators } from '../../locales/index.ts'
import type { Deps } from '../app.ts'
import type { Actor, Ctx, Db, Jobs, Log, Ports, Settings } from '../context.ts'
import { idFactory, newRequestId } from '../core/ids.ts'
import { createKeeper } from '../core/keeper.ts'
import { createDbLimiter } from '../db/rate-limit.ts'
import { createS3Storage } from '../files/s3.ts'
import { createCtx } from '../http/context.ts'
import { errorFields } from '../http/log.ts'
import { createMeter } from '../http/meter.ts'
import { type Channels, createChannels } from './channels/index.ts'
import { createPreview, createTurns } from './chat.ts'
import type { Config } from './config.ts'
import { type DataDir, loadAppSecret } from './data-dir.ts'
import type { OpenDatabase } from './database.ts'
import { createDiskStorage } from './disk-storage.ts'
import { createImages } from './images.ts'
import { createMemoryLimiter } from './limits.ts'
import { createNodeFetch } from './node-fetch.ts'
import { createFetchDocument } from './outside-document.ts'
import { createFetchPhoto } from './outside-photo.ts'
import { createPasswords } from './passwords.ts'
import { placeOf } from './place.ts'
import { createProofs } from './proofs.ts'
import { createSealer, createSign, random } from './secrets.ts'

/** Loops and the job library start after the ports that mention them: filled in by the host. */
export type Late = { wake: Ports['wake']; jobs: Jobs | null }

export type Runtime = {
  deps: Deps
  late: Late
  channels: Channels
  /** A ctx outside any request, on the pool, as `system`/`name` (or another actor). */
  ctx: (name: string, actor?: Actor) => Ctx
}

/** Everything that use-cases need, on Node. */
export function createRuntime(
  config: Config,
  dir: DataDir,
  database: OpenDatabase,
  log: Log,
): Runtime {
  const now = () => new Date()
  const late: Late = { wake: () => {}, jobs: null }
  const appSecret = config.appSecret ?? loadAppSecret(dir)
  const ports = createPorts(config, dir, late, { counters: database.counters, appSecret })
  const hasTemplate = typeof config.channels.zaloOa?.templateId === 'string'
  const settings: Settings = {
    ...(hasTemplate ? { templateChannels: ['zalo-oa'] } : {}),
    isDemo: config.isDemo,
    publicUrl: config.publicUrl,
    capFeeds: config.capFeeds,
    reminderHours: config.reminderHours,
    readingSources: config.sources.readingSources,
    ...placeOf(config),
  }
  const translators = createTranslators((key) => log.error('locales.missing', { key }))
  const deps: Deps = {
    openDb: () => ({ db: database.db, close: async () => {} }),
    ports,
    settings,
    translators,
    log,
    now,
    newId: idFactory(now, random),
    embedOrigins: config.embedOrigins,
    tilesUrl: config.tilesUrl,
    trustedProxies: config.trustedProxies,
    remoteAddress: (c) => c.env?.incoming?.socket?.remoteAddress,
    channels: () => channels.states,
    meter: createMeter(),
    metrics: processMetrics,
    turn: createTurns(),
    preview: createPreview(translators),
    background: (work) =>
      void work.catch((error) => log.error('background.failed', errorFields(error))),
  }
  const ctx = (name: string, actor: Actor = { kind: 'system', name }) =>
    createCtx(deps, { db: database.db, actor, language: 'vi', requestId: newRequestId(random) })
  const channels = createChannels(config, {
    ctx,
    turn: deps.turn,
    background: deps.background,
    log,
    count: deps.meter.count,
    sealer: ports.sealer,
    fetchVia: createNodeFetch,
  })
  return { deps, late, channels, ctx }
}

function createPorts(
  config: Config,
  dir: DataDir,
  late: Late,
  { counters, appSecret }: { counters: Db; appSecret: string },
): Ports {
  return {
    random,
    passwords: createPasswords(),
    storage: config.s3 === null ? createDiskStorage(dir.files) : createS3Storage(config.s3, fetch),
    images: createImages(),
    fetchPhoto: createFetchPhoto(),
    fetchDocument: createFetchDocument({ originHeaders: config.sources.originHeaders }),
    // The embedded database has one process; another may have several, which share what they count.
    limits:
      config.databaseUrl === null
        ? createMemoryLimiter()
        : createDbLimiter(
            () => counters,
            () => new Date(),
          ),
    jobs: {
      enqueue: async (...args) => {
        if (late.jobs === null) throw new Error('jobs are not running in this process')
        await late.jobs.enqueue(...args)
      },
    },
    proofs: createProofs(config, createNodeFetch),
    sign: createSign(appSecret),
    sealer: createSealer(appSecret),
    keeper: createKeeper(),
    wake: (what) => late.wake(what),
  }
}

function processMetrics(): Record<string, number> {
  const { user, system } = process.cpuUsage()
  return {
    process_resident_memory_bytes: process.memoryUsage.rss(),
    process_cpu_seconds_total: (user + system) / 1e6,
    process_start_time_seconds: Math.round(performance.timeOrigin / 1000),
  }
}
