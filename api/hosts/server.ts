import { createApp } from '../app.ts'
import type { Log } from '../context.ts'
import { pageHeaders } from '../http/headers.ts'
import { createLog, errorFields } from '../http/log.ts'
import { startBoss } from './boss.ts'
import { startSenders } from './chat.ts'
import { runCommand } from './commands/index.ts'
import { createCompressor } from './compress.ts'
import type { Config } from './config.ts'
import { openControl } from './control.ts'
import { noteHolder, openDataDir, takeLock } from './data-dir.ts'
import { openDatabase } from './database.ts'
import { createFollowers } from './events.ts'
import { JOBS } from './jobs.ts'
import { listen } from './listen.ts'
import { startLoop } from './loop.ts'
import { DIST, preparePages } from './pages.ts'
import { type Login, prepareDatabase, prepareDemo } from './prepare.ts'
import { createRuntime } from './runtime.ts'
import { loadStaticPages } from './static-pages.ts'

type Say = (line: string) => void

const OUTBOX_POLL_MS = 1_000
const INBOUND_POLL_MS = 1_000
/** An event becomes readable when no older transaction is open: a moment after its hint. */
const EVENTS_POLL_MS = 2_000

/**
 * Starts everything and returns once requests are answered. Each step that was done is undone by `stop`, in the
 * opposite order; when a later step fails, the earlier ones are undone before the error goes on.
 */
export async function startServer(
  config: Config,
  say: Say,
  complain: Say,
): Promise<{ stop: () => Promise<void> }> {
  const undo: (() => unknown)[] = []
  const log = createLog(say, config.logLevel, () => new Date())
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  stopOnCrash(log)
  try {
    await start(config, log, { say, complain, undo })
  } catch (error) {
    await stop()
    throw error
  }
  return { stop }
}

async function start(
  config: Config,
  log: Log,
  host: { say: Say; complain: Say; undo: (() => unknown)[] },
): Promise<void> {
  const { undo } = host
  const isEmbedded = config.databaseUrl === null
  const dir = openDataDir(config.dataDir)
  if (isEmbedded) {
    const lock = takeLock(dir)
    undo.push(() => lock.release())
    noteHolder(dir, config.port)
  }
  // The pages are built in a process of their own while the database opens.
  const [pages, database] = await Promise.all([
    preparePages(),
    openDatabase(config, dir, log, 'server'),
  ])
  undo.push(() => database.close())
  if (pages.error !== undefined) host.complain(`The pages could not be built:\n${pages.error}`)

  const runtime = createRuntime(config, dir, database, log)
  await prepareDatabase(runtime)
  const boss = await startBoss(config, database, [...JOBS, ...runtime.channels.jobs], log)
  undo.push(() => boss.stop())
  runtime.late.jobs = boss.jobs
  const logins = await prepareDemo(config, dir, runtime)
  await boss.work((name) => runtime.ctx(name))

  const { senders } = runtime.channels
  const outbox = startSenders(runtime.ctx, senders, { pollMs: OUTBOX_POLL_MS, log })
  undo.push(() => outbox.stop())
  const follow = createFollowers(runtime.ctx)
  const events = startLoop('events', follow, { pollMs: EVENTS_POLL_MS, log })
  undo.push(() => events.stop())
  const take = runtime.channels.takeWaiting
  const inbound = startLoop('inbound', take, { pollMs: INBOUND_POLL_MS, log })
  undo.push(() => inbound.stop())
  const loops = { outbox, events, inbound }
  runtime.late.wake = (what) => loops[what].wake()

  if (isEmbedded) {
    const control = await openControl(
      dir,
      (request, print) =>
        runCommand(request, { config, dir, runtime, database, print, isServer: true }),
      log,
    )
    undo.push(() => control.close())
  }
  const stopping = new AbortController()
  const app = createApp({ ...runtime.deps, stopping: stopping.signal })
  const statics = loadStaticPages(DIST, (path) => pageHeaders(path, runtime.deps))
  const { channels } = runtime
  // Webhooks first: they are verified over their raw bytes.
  const compressed = createCompressor()
  const http = await listen(
    config,
    (request, env) =>
      channels.handle(request) ??
      statics(request) ??
      Promise.resolve(app.fetch(request, env)).then((answer) => compressed(request, answer)),
  )
  undo.push(() => {
    stopping.abort()
    return http.drain()
  })
  const platforms = channels.start()
  undo.push(() => platforms.stop())
  log.info('server.ready', { host: config.host, port: config.port, demo: config.isDemo })
  host.say(readyLine(config, logins))
}

function readyLine(config: Config, logins: readonly Login[]): string {
  const url = config.publicUrl
  const places = `Loa is ready: ${url}/ (residents), ${url}/chat (chat), ${url}/console (officials)`
  if (logins.length === 0) return places
  const words = logins.map((l) => `${l.login} / ${l.password} (${l.role})`).join(', ')
  return `${places}. Demo officials, passwords new at each start: ${words}`
}

/** A state that nobody foresaw is left at once; what was answered with 2xx is in the database. */
function stopOnCrash(log: Log): void {
  const crash = (error: unknown) => {
    log.error('process.crashed', errorFields(error))
    process.exit(1)
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
}
