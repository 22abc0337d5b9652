import type { Actor, RateLimiter } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { actorId } from '../db/audit.ts'

/**
 * How many requests a door lets through, in one minute. Many phones of one mobile carrier share an address, so the
 * limit by address is wide and the one by person is the narrow one.
 */
type Door = {
  name: string
  method: RegExp
  path: RegExp
  perRemote: number
  perActor: number
}

export const WINDOW_SECONDS = 60
const API = '^/api/v1'
const UNSAFE = /^(POST|PUT|PATCH|DELETE)$/

/** First match counts; the last two catch everything under the API. */
export const DOORS: readonly Door[] = [
  {
    name: 'signin',
    method: /^POST$/,
    path: new RegExp(`${API}/session$`),
    perRemote: 20,
    perActor: 20,
  },
  {
    // Residents come through a carrier's shared address; each proof has a narrow limit of its own.
    name: 'resident-signin',
    method: /^POST$/,
    path: new RegExp(`${API}/session/`),
    perRemote: 300,
    perActor: 20,
  },
  {
    name: 'upload',
    method: /^POST$/,
    path: new RegExp(`${API}/media$`),
    perRemote: 120,
    perActor: 40,
  },
  {
    name: 'chat',
    method: /./,
    path: new RegExp(`${API}/chat(/|$)`),
    perRemote: 600,
    perActor: 240,
  },
  { name: 'open311', method: /./, path: /^\/open311\//, perRemote: 600, perActor: 600 },
  { name: 'sensorthings', method: /./, path: /^\/sensorthings\//, perRemote: 600, perActor: 600 },
  { name: 'cap', method: /./, path: /^\/cap\//, perRemote: 600, perActor: 600 },
  { name: 'lite-send', method: UNSAFE, path: /^\/lite(\/|$)/, perRemote: 60, perActor: 60 },
  { name: 'lite', method: /./, path: /^\/lite(\/|$)/, perRemote: 600, perActor: 600 },
  { name: 'write', method: UNSAFE, path: new RegExp(`${API}/`), perRemote: 300, perActor: 120 },
  { name: 'read', method: /./, path: new RegExp(`${API}/`), perRemote: 3000, perActor: 1200 },
]

export const doorOf = (method: string, path: string): Door | undefined =>
  DOORS.find((door) => door.method.test(method) && door.path.test(path))

async function take(limits: RateLimiter, key: string, limit: number): Promise<void> {
  const taken = await limits.take(key, limit, WINDOW_SECONDS)
  if (taken.ok) return
  const seconds = Math.max(1, Math.ceil(taken.retryAfterSeconds))
  throw new AppError('http.rate_limited', { params: { seconds }, retryAfterSeconds: seconds })
}

/** Before anything is looked up: counts by address. Throws `http.rate_limited`. */
export async function limitRemote(limits: RateLimiter, door: Door, remote: string): Promise<void> {
  await take(limits, `http:${door.name}:r:${remote}`, door.perRemote)
}

/** Once the session is known: counts by person. Throws `http.rate_limited`. */
export async function limitActor(limits: RateLimiter, door: Door, actor: Actor): Promise<void> {
  const id = actorId(actor)
  if (id !== null) await take(limits, `http:${door.name}:${actor.kind}:${id}`, door.perActor)
}
