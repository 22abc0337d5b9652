import type { LogLevel } from '../http/log.ts'
import { unitByCode } from '../rooms/areas/index.ts'
import { type Channels, readChannels } from './config-channels.ts'
import { EnvReader } from './config-reader.ts'
import { readSources, type Sources } from './config-sources.ts'

const LOG_LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent']

/** Everything the environment says, read once and checked. */
export type Config = {
  host: string
  port: number
  /** Absolute origin, no trailing slash. */
  publicUrl: string
  dataDir: string
  /** Null: the embedded database in `dataDir`. */
  databaseUrl: string | null
  isDemo: boolean
  /** Code of the commune that runs this; compulsory outside a demo. */
  homeUnit: string
  /** Real channels speak in a demo only with DEMO_SEND. */
  mayDemoSend: boolean
  /** Null: generated and kept in `dataDir` (embedded only). */
  appSecret: string | null
  embedOrigins: readonly string[]
  trustedProxies: readonly string[]
  channels: Channels
  /** A bot of somebody else that opens the mini-app: its signatures are checked by Telegram's public key. */
  telegramMiniAppBotId: string | null
  oidc: { issuer: string; clientId: string; clientSecret: string } | null
  officialOidc: { issuer: string; clientId: string; clientSecret: string } | null
  capFeeds: readonly string[]
  /** When officials are reminded of a warning that holds. */
  reminderHours: { unchanged: number; beforeEnd: number }
  sources: Sources
  mqttUrl: string | null
  tilesUrl: string | null
  s3: { endpoint: string; bucket: string; accessKeyId: string; secretAccessKey: string } | null
  logLevel: LogLevel
}

export type Env = Readonly<Record<string, string | undefined>>
export type Defaults = { dataDir: string; port: number }
export type ReadConfig = { ok: true; config: Config } | { ok: false; faults: readonly string[] }

const APP_SECRET_MIN_LENGTH = 32
const DEFAULTS: Defaults = { dataDir: '.data', port: 8080 }

/** Reads the environment; every fault is named, not only the first. Pure. */
export function readConfig(env: Env, defaults: Defaults = DEFAULTS): ReadConfig {
  const read = new EnvReader(env)
  const databaseUrl = read.url('DATABASE_URL', ['postgres:', 'postgresql:'])
  const isDemo = read.flag('DEMO', databaseUrl === null)
  const host = read.text('HOST') ?? (isDemo ? '127.0.0.1' : '0.0.0.0')
  const port = read.port('PORT', defaults.port)
  const config: Config = {
    host,
    port,
    publicUrl: read.origin('PUBLIC_URL') ?? `http://${reachable(host)}:${port}`,
    dataDir: read.text('DATA_DIR') ?? defaults.dataDir,
    databaseUrl,
    isDemo,
    homeUnit: readHomeUnit(read, isDemo),
    mayDemoSend: read.flag('DEMO_SEND', false),
    appSecret: readAppSecret(read, databaseUrl !== null),
    embedOrigins: read.origins('EMBED_ORIGINS'),
    trustedProxies: read.addresses('TRUSTED_PROXIES'),
    channels: readChannels(read),
    telegramMiniAppBotId: read.digits('TELEGRAM_MINIAPP_BOT_ID'),
    oidc: readOidc(read, ''),
    officialOidc: readOidc(read, 'OFFICIAL_'),
    capFeeds: read.urls('CAP_FEEDS'),
    reminderHours: {
      unchanged: read.hours('ALERT_UNCHANGED_HOURS', 6),
      beforeEnd: read.hours('ALERT_ENDING_HOURS', 1),
    },
    sources: readSources(read),
    mqttUrl: read.url('MQTT_URL', ['mqtt:', 'mqtts:', 'ws:', 'wss:']),
    tilesUrl: read.url('TILES_URL'),
    s3: readS3(read),
    logLevel: read.choice('LOG_LEVEL', LOG_LEVELS, isDemo ? 'warn' : 'info'),
  }
  return read.faults.length > 0 ? { ok: false, faults: read.faults } : { ok: true, config }
}

/** A wildcard address cannot be opened in a browser; the loopback address can. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

/** Quảng Điền, where the demonstration takes place. */
const DEMO_UNIT = '19867'

function readHomeUnit(read: EnvReader, isDemo: boolean): string {
  const code = read.text('HOME_UNIT')
  if (code === null) {
    if (!isDemo)
      read.fault('HOME_UNIT is missing: outside a demo it is the code of the commune, like 19867')
    return DEMO_UNIT
  }
  if (unitByCode(code) === undefined)
    read.fault(`HOME_UNIT is "${code}"; it is the code of one of the 40 units (/api/v1/areas)`)
  return code
}

function readAppSecret(read: EnvReader, isCompulsory: boolean): string | null {
  const secret = read.text('APP_SECRET')
  if (secret === null) {
    if (isCompulsory) {
      read.fault(
        `APP_SECRET is missing: with DATABASE_URL it must be set, ${APP_SECRET_MIN_LENGTH} characters or more (openssl rand -base64 32)`,
      )
    }
    return null
  }
  if (secret.length < APP_SECRET_MIN_LENGTH) {
    read.fault(
      `APP_SECRET has ${secret.length} characters; it needs ${APP_SECRET_MIN_LENGTH} or more (openssl rand -base64 32)`,
    )
  }
  return secret
}

function readOidc(read: EnvReader, whose: '' | 'OFFICIAL_'): Config['oidc'] {
  const [issuer, clientId, clientSecret] = [
    `${whose}OIDC_ISSUER`,
    `${whose}OIDC_CLIENT_ID`,
    `${whose}OIDC_CLIENT_SECRET`,
  ] as const
  const group = read.group('Sign-in through OIDC', [issuer, clientId, clientSecret])
  if (group === null) return null
  read.url(issuer)
  return {
    issuer: group[issuer],
    clientId: group[clientId],
    clientSecret: group[clientSecret],
  }
}

function readS3(read: EnvReader): Config['s3'] {
  const group = read.group('S3 storage', [
    'S3_ENDPOINT',
    'S3_BUCKET',
    'S3_ACCESS_KEY_ID',
    'S3_SECRET_ACCESS_KEY',
  ])
  if (group === null) return null
  return {
    endpoint: group.S3_ENDPOINT,
    bucket: group.S3_BUCKET,
    accessKeyId: group.S3_ACCESS_KEY_ID,
    secretAccessKey: group.S3_SECRET_ACCESS_KEY,
  }
}
