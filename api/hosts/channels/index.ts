import type { Sender } from '../../chat/sender.ts'
import { purgePace } from '../../db/pace.ts'
import type { Config } from '../config.ts'
import type { Job } from '../jobs.ts'
import { type Channel, type ChannelHost, takeTurn } from './channel.ts'
import { PICTURES_JOB, takePictures, tidyPictures } from './pictures.ts'
import { createTelegramChannel } from './telegram.ts'
import { type TakeOptions, takeWaiting } from './waiting.ts'
import { createZaloBotChannel } from './zalo-bot.ts'
import { createMiniAppDoor } from './zalo-mini-app.ts'
import { createZaloOaChannel } from './zalo-oa.ts'

export type Channels = {
  senders: readonly Sender[]
  /** For /readyz. */
  states: Record<string, 'on' | 'off' | 'demo'>
  jobs: readonly Job[]
  /** Answers a webhook of a channel that is on; undefined: not one of them. */
  handle: (request: Request) => Promise<Response> | undefined
  /** Takes the turns of noted events; resolves to how many. */
  takeWaiting: (options: TakeOptions) => Promise<number>
  start: () => { stop: () => Promise<void> }
}

/** Turns of one run of a job. */
const WAITING_BATCH = 200

/** In a demo real channels speak only with DEMO_SEND. */
const mayRun = ({ isDemo, mayDemoSend }: Pick<Config, 'isDemo' | 'mayDemoSend'>): boolean =>
  !isDemo || mayDemoSend

/** The channels that this installation has configured, beside the web chat. */
export function createChannels(config: Config, host: ChannelHost): Channels {
  const channels = mayRun(config) ? configured(config, host) : []
  const { zaloMiniApp } = config.channels
  const doors: Door[] = [...channels]
  if (zaloMiniApp !== null && mayRun(config)) doors.push(createMiniAppDoor(zaloMiniApp, host))
  const byPath = new Map(doors.map((door) => [door.path, door]))
  const takers = new Map(
    channels.flatMap(({ id, take }) => (take === undefined ? [] : [[id, take] as const])),
  )
  const takeNoted = (options: TakeOptions) =>
    takeWaiting(() => host.ctx('inbound'), takers, options)
  const on = config.isDemo ? 'demo' : 'on'
  const stateOf = (id: string) => (channels.some((channel) => channel.id === id) ? on : 'off')
  return {
    senders: channels.map((channel) => channel.sender),
    states: {
      web: on,
      telegram: stateOf('telegram'),
      'zalo-oa': stateOf('zalo-oa'),
      'zalo-bot': stateOf('zalo-bot'),
    },
    jobs: [
      ...pictureJobs(channels, host),
      ...waitingJobs(takeNoted),
      ...channels.flatMap(({ jobs }) => jobs),
    ],
    takeWaiting: takeNoted,
    handle: (request) => {
      const door = byPath.get(new URL(request.url).pathname)
      return door && answer(door, host, request)
    },
    start: () => {
      const stops = channels.flatMap(({ start }) => (start === undefined ? [] : [start()]))
      return { stop: async () => void (await Promise.all(stops.map((stop) => stop()))) }
    },
  }
}

function configured(config: Config, host: ChannelHost): Channel[] {
  const { telegram, zaloOa, zaloBot } = config.channels
  return [
    telegram && createTelegramChannel({ ...config, telegram }, host),
    zaloOa && createZaloOaChannel({ ...config, zaloOa }, host),
    zaloBot && createZaloBotChannel({ ...config, zaloBot }, host),
  ].filter((channel) => channel !== null)
}

type Door = Pick<Channel, 'path' | 'receive'> & { id: string }

async function answer(door: Door, host: ChannelHost, request: Request): Promise<Response> {
  const response = await door.receive(request)
  const labels = { channel: door.id, status: String(response.status) }
  host.count('loa_webhooks_total', labels)
  return response
}

/** Without channels they stand idle: the job library knows them on every host. */
const pictureJobs = (channels: readonly Channel[], host: ChannelHost): readonly Job[] => [
  {
    name: PICTURES_JOB,
    cadence: null,
    isQuick: true,
    run: (ctx, { channel, chatKey, groupKey }) =>
      takePictures(
        ctx,
        { channel: String(channel), chatKey: String(chatKey), groupKey: String(groupKey) },
        {
          fetchers: new Map(channels.map(({ id, fetchPicture }) => [id, fetchPicture])),
          turn: (tx, inbound) => takeTurn(host, tx, inbound),
        },
      ),
  },
  { name: 'channel-pictures-tidy', cadence: { everyMinutes: 60 }, run: tidyPictures },
  {
    name: 'channel-pace',
    cadence: { dailyAt: '02:55' },
    run: (ctx) => purgePace(ctx.db, ctx.now()),
  },
]

/** On Node a loop takes them at once; on Workers the request that noted one does, and this what was left. */
const waitingJobs = (take: Channels['takeWaiting']): readonly Job[] => [
  {
    name: 'channel-waiting',
    cadence: { everyMinutes: 1 },
    run: () => take({ limit: WAITING_BATCH }),
  },
]
