import {
  type Adapter,
  Cookie,
  type DatabaseSession,
  type DatabaseUser,
  Lucia,
  type UserId,
} from 'lucia'
import type { Ctx, Settings } from '../../context.ts'
import { newSecret, sha256Hex } from '../../core/ids.ts'
import {
  deleteExpiredSessionRows,
  deleteSessionRow,
  deleteSubjectSessionRows,
  findLiveSession,
  findSubjectSessions,
  insertSession,
  type LiveSession,
  type SessionRow,
  type Subject,
  slideSession,
} from './store/sessions.ts'

/**
 * Everything of lucia 3 (its upstream ended in March 2025; nothing else imports it). Lucia sees the bearer secret when
 * a session is made or looked up; from then on its "session id" is our row id, so that listing and revoking never
 * touch a secret. The table holds SHA-256 of the secret: looking up by the hash of 256 random bits compares no secret.
 */
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Idle time slides; the cap counts from sign-in. A resident's bearer session is simply 30 days long. */
export const LIFETIMES = {
  official: { idleMs: 12 * HOUR_MS, capMs: 7 * DAY_MS },
  resident: { idleMs: 30 * DAY_MS, capMs: 30 * DAY_MS },
} as const

/** A session that is used all the time is written at most this often. */
const SLIDE_EVERY_MS = 5 * 60_000

/**
 * Lucia compares expiry with the machine's clock, the house with ctx.now(). So the adapter gives out only sessions that
 * live by ctx.now() and shows lucia this instant instead: expiry and sliding are decided here alone.
 */
const BEYOND_LUCIAS_CLOCK = new Date(8.64e15)

type NewSession = Pick<SessionRow, 'id' | 'carrier' | 'label'>

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<{ row: LiveSession | null }, Record<never, never>>
    DatabaseSessionAttributes: { made: NewSession } | { found: LiveSession } | { listed: true }
    DatabaseUserAttributes: Record<never, never>
  }
}

const userIdOf = (subject: Subject): UserId => `${subject.kind}:${subject.id}`

function subjectOf(userId: UserId): Subject {
  const [kind, id = ''] = userId.split(':')
  return { kind: kind === 'official' ? 'official' : 'resident', id }
}

function expiryOf(kind: Subject['kind'], createdAt: Date, now: Date): Date {
  const { idleMs, capMs } = LIFETIMES[kind]
  return new Date(Math.min(now.getTime() + idleMs, createdAt.getTime() + capMs))
}

function adapterFor(ctx: Ctx): Adapter {
  const seen = (row: { id: string }, subject: Subject): Omit<DatabaseSession, 'attributes'> => ({
    id: row.id,
    userId: userIdOf(subject),
    expiresAt: BEYOND_LUCIAS_CLOCK,
  })
  return {
    async getSessionAndUser(secret) {
      const found = await findLiveSession(ctx.db, await sha256Hex(secret), ctx.now())
      if (found === undefined) return [null, null]
      const subject: Subject = { kind: found.subjectKind, id: found.subjectId }
      const session = { ...seen(found, subject), attributes: { found } }
      // Without its user lucia deletes the session: a disabled official or an erased resident is out at once.
      const user: DatabaseUser | null = found.isSubjectActive
        ? { id: session.userId, attributes: {} }
        : null
      return [session, user]
    },
    async getUserSessions(userId) {
      const rows = await findSubjectSessions(ctx.db, subjectOf(userId), ctx.now())
      return rows.map((row) => ({ ...seen(row, subjectOf(userId)), attributes: { listed: true } }))
    },
    async setSession({ id: secret, userId, attributes }) {
      if (!('made' in attributes)) throw new TypeError('a session is made by createSession only')
      const { kind, id: subjectId } = subjectOf(userId)
      const now = ctx.now()
      await insertSession(ctx.db, {
        ...attributes.made,
        secretHash: await sha256Hex(secret),
        subjectKind: kind,
        subjectId,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: expiryOf(kind, now, now),
      })
    },
    // Sliding is ours (see BEYOND_LUCIAS_CLOCK): lucia never finds a session half spent.
    updateSessionExpiration: async () => {},
    deleteSession: (rowId) => deleteSessionRow(ctx.db, rowId),
    deleteUserSessions: async (userId) => {
      await deleteSubjectSessionRows(ctx.db, subjectOf(userId))
    },
    deleteExpiredSessions: async () => {
      await deleteExpiredSessionRows(ctx.db, ctx.now())
    },
  }
}

const luciaFor = (ctx: Ctx) =>
  new Lucia(adapterFor(ctx), {
    getSessionAttributes: (attributes) => ({
      row: 'found' in attributes ? attributes.found : null,
    }),
  })

export type OpenedSession = { id: string; secret: string; expiresAt: string }

/** Opens a session; the secret exists only in this answer. */
export async function createSession(
  ctx: Ctx,
  subject: Subject,
  made: Omit<NewSession, 'id'>,
): Promise<OpenedSession> {
  const id = ctx.newId()
  const secret = newSecret(ctx.ports.random)
  await luciaFor(ctx).createSession(
    userIdOf(subject),
    { made: { id, carrier: made.carrier, label: made.label.slice(0, 100) } },
    { sessionId: secret },
  )
  const now = ctx.now()
  return { id, secret, expiresAt: expiryOf(subject.kind, now, now).toISOString() }
}

const SECRET = /^[\w-]{43}$/

/** The live session of a secret, its expiry moved on; undefined when there is none, whatever the reason. */
export async function readSession(ctx: Ctx, secret: string): Promise<LiveSession | undefined> {
  if (!SECRET.test(secret)) return undefined
  const { session } = await luciaFor(ctx).validateSession(secret)
  const row = session?.row
  if (row === null || row === undefined) return undefined
  const now = ctx.now()
  if (now.getTime() - Date.parse(row.lastSeenAt) >= SLIDE_EVERY_MS) {
    const expiresAt = expiryOf(row.subjectKind, new Date(row.createdAt), now)
    await slideSession(ctx.db, row.id, now, expiresAt)
    return { ...row, lastSeenAt: now.toISOString(), expiresAt: expiresAt.toISOString() }
  }
  return row
}

/** Ends one session by its row id. */
export const endSession = (ctx: Ctx, rowId: string): Promise<void> =>
  luciaFor(ctx).invalidateSession(rowId)

/** Ends all sessions of one person. */
export const endAllSessions = (ctx: Ctx, subject: Subject): Promise<void> =>
  luciaFor(ctx).invalidateUserSessions(userIdOf(subject))

/** Removes what nobody can use any more. */
export const purgeExpiredSessions = (ctx: Ctx): Promise<void> =>
  luciaFor(ctx).deleteExpiredSessions()

const isSecure = (settings: Settings) => !settings.publicUrl.startsWith('http:')

/** `__Host-` binds the cookie to this origin; browsers take that prefix only over https. */
export const sessionCookieName = (settings: Settings): string =>
  isSecure(settings) ? '__Host-loa_session' : 'loa_session'

function cookie(settings: Settings, value: string, maxAge: number): string {
  const name = sessionCookieName(settings)
  const secure = isSecure(settings)
  return new Cookie(name, value, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure,
    maxAge,
  }).serialize()
}

/** `Set-Cookie` of a new session. The browser keeps it up to the cap; the server says when it is over. */
export const sessionCookie = (settings: Settings, secret: string): string =>
  cookie(settings, secret, LIFETIMES.official.capMs / 1000)

/** `Set-Cookie` that removes the session. */
export const clearedCookie = (settings: Settings): string => cookie(settings, '', 0)
