import type { Actor, Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import {
  createSession,
  endAllSessions,
  endSession,
  type OpenedSession,
  readSession,
} from '../lucia.ts'
import { requireCan } from '../policy.ts'
import { CAPABILITIES, ROLES, type SessionView } from '../schema.ts'
import { findResident } from '../store/residents.ts'
import { findSubjectSessions, type LiveSession, type Subject } from '../store/sessions.ts'

function toActor(session: LiveSession): Actor {
  if (session.subjectKind === 'resident') {
    return { kind: 'resident', residentId: session.subjectId, sessionId: session.id }
  }
  return {
    kind: 'official',
    officialId: session.subjectId,
    sessionId: session.id,
    roles: ROLES.filter(
      (role) => session.roles?.includes(role) || (role === 'approver' && session.approvesForOthers),
    ),
    capabilities: CAPABILITIES.filter((one) => session.capabilities?.includes(one)),
    unitCode: session.unitCode,
    agencyCode: session.agencyCode,
  }
}

/**
 * Who a secret speaks for; null when nobody. A cookie's secret is no bearer token and the reverse: only cookies are
 * guarded against cross-site requests, only bearers may come from an embedding page.
 */
export async function actorForSecret(
  ctx: Ctx,
  secret: string,
  carrier: 'cookie' | 'bearer',
): Promise<Actor | null> {
  const session = await readSession(ctx, secret)
  return session === undefined || session.carrier !== carrier ? null : toActor(session)
}

type Own = { subject: Subject; sessionId: string | undefined }

function ownOf(ctx: Ctx): Own {
  requireCan(ctx, 'sessions.own')
  const { actor } = ctx
  if (actor.kind === 'official')
    return { subject: { kind: 'official', id: actor.officialId }, sessionId: actor.sessionId }
  if (actor.kind === 'resident')
    return { subject: { kind: 'resident', id: actor.residentId }, sessionId: actor.sessionId }
  throw new AppError('http.forbidden')
}

/** Opens a bearer session for a resident whom a host has already recognised (a platform's signed login). */
export async function openResidentSession(
  ctx: Ctx,
  input: { residentId: string; label: string },
): Promise<OpenedSession> {
  return inTransaction(ctx, async (tx) => {
    const resident = await findResident(tx.db, input.residentId)
    if (resident === undefined || resident.erasedAt !== null) throw new AppError('http.not_found')
    const session = await createSession(
      tx,
      { kind: 'resident', id: resident.id },
      { carrier: 'bearer', label: input.label },
    )
    await audit(tx, {
      action: 'identity.session_opened',
      subjectKind: 'session',
      subjectId: session.id,
    })
    return session
  })
}

/** Ends the session of this request, if there is one. */
export async function signOut(ctx: Ctx): Promise<void> {
  if (ctx.actor.kind !== 'official' && ctx.actor.kind !== 'resident') return
  const { sessionId } = ctx.actor
  if (sessionId === undefined) return
  await inTransaction(ctx, async (tx) => {
    await endSession(tx, sessionId)
    await audit(tx, {
      action: 'identity.signed_out',
      subjectKind: 'session',
      subjectId: sessionId,
    })
  })
}

/** The own live sessions, the last used first. */
export async function listSessions(ctx: Ctx): Promise<SessionView[]> {
  const { subject, sessionId } = ownOf(ctx)
  const rows = await findSubjectSessions(ctx.db, subject, ctx.now())
  return rows.map(({ id, createdAt, lastSeenAt, label }) => ({
    id,
    createdAt,
    lastSeenAt,
    label,
    isCurrent: id === sessionId,
  }))
}

/** Ends one of the own sessions; anybody else's is `http.not_found`, as is one that has ended. */
export async function revokeSession(ctx: Ctx, input: { sessionId: string }): Promise<void> {
  const { subject } = ownOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const own = await findSubjectSessions(tx.db, subject, tx.now())
    if (!own.some(({ id }) => id === input.sessionId)) throw new AppError('http.not_found')
    await endSession(tx, input.sessionId)
    await audit(tx, {
      action: 'identity.session_revoked',
      subjectKind: 'session',
      subjectId: input.sessionId,
    })
  })
}

/** Ends all own sessions, this one too; answers how many. */
export async function revokeAllSessions(ctx: Ctx): Promise<number> {
  const { subject } = ownOf(ctx)
  return inTransaction(ctx, async (tx) => {
    const { length: revoked } = await findSubjectSessions(tx.db, subject, tx.now())
    await endAllSessions(tx, subject)
    await audit(tx, {
      action: 'identity.sessions_revoked',
      subjectKind: subject.kind,
      subjectId: subject.id,
      data: { revoked },
    })
    return revoked
  })
}
