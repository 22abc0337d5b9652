import type { ChannelId, Inbound } from '../../chat/inbound.ts'
import type { Sender } from '../../chat/sender.ts'
import type { Ctx, Log, Sealer } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import type { Job } from '../jobs.ts'
import type { FetchPicture } from './pictures.ts'
import type { TakeEvent } from './waiting.ts'

/** What a channel gets of its host. */
export type ChannelHost = {
  /** A ctx on the pool as `system`/`name`. */
  ctx: (name: string) => Ctx
  turn: (ctx: Ctx, inbound: Inbound) => Promise<unknown>
  background: (work: Promise<unknown>) => void
  log: Log
  count: (name: string, labels: Record<string, string>) => void
  /** AES-GCM under APP_SECRET. */
  sealer: Sealer
  /** A leaner fetch, by way of a proxy where one is named; absent on a host that has but its own (Workers). */
  fetchVia?: (proxy: string | null) => typeof fetch
}

/** One channel that is on, wired to this installation. */
export type Channel = {
  id: ChannelId
  sender: Sender
  /** Path of its webhook and what answers there; gets the raw request. */
  path: string
  receive: (request: Request) => Promise<Response>
  /** Present where `receive` only notes an event for its turn. */
  take?: TakeEvent
  fetchPicture: FetchPicture
  jobs: readonly Job[]
  /** Tells the platform about us and, where no webhook can reach us, fetches; answers how to end that. */
  start?: () => () => Promise<void>
}

/** A turn of the conversation; an event that came before with another body is noted and left, or it would come for ever. */
export async function takeTurn(host: ChannelHost, ctx: Ctx, inbound: Inbound): Promise<void> {
  try {
    await host.turn(ctx, inbound)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'http.idempotency_mismatch') throw error
    ctx.log.warn('channel.event_changed', { channel: inbound.channel })
  }
}
