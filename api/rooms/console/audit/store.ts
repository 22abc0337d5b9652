import type { Db } from '../../../context.ts'
import { parsePublicCode } from '../../../core/ids.ts'
import { addDays, startOfLocalDay } from '../../../core/time.ts'
import type { AuditQuery } from './schema.ts'

/** Sign that ends no prefix: after every sign that a code may have. */
const AFTER = '\uFFFF'

/** Rows newest first, at most `limit`. */
export async function findAudit(db: Db, query: AuditQuery) {
  const { from, to, action, actor, subject, limit, before } = query
  const code = subject === undefined ? undefined : parsePublicCode(subject)
  return db
    .selectFrom('audit')
    .leftJoin('official', (join) =>
      join
        .on('audit.actorKind', '=', 'official')
        .on((eb) => eb(eb.cast<string>('official.id', 'text'), '=', eb.ref('audit.actorId'))),
    )
    .select([
      'audit.seq',
      'audit.at',
      'audit.actorKind',
      'audit.actorId',
      'official.displayName as actorName',
      'audit.action',
      'audit.subjectKind',
      'audit.subjectId',
      'audit.fields',
      'audit.data',
      'audit.requestId',
    ])
    .$if(before !== undefined, (qb) => qb.where('audit.seq', '<', before ?? 0))
    .$if(from !== undefined, (qb) =>
      qb.where('audit.at', '>=', startOfLocalDay(from ?? '').toISOString()),
    )
    .$if(to !== undefined, (qb) =>
      qb.where('audit.at', '<', startOfLocalDay(addDays(to ?? '', 1)).toISOString()),
    )
    .$if(action !== undefined && action !== '', (qb) =>
      qb.where('audit.action', '>=', action ?? '').where('audit.action', '<', `${action}${AFTER}`),
    )
    .$if(actor !== undefined && actor !== '', (qb) =>
      qb.where((eb) =>
        eb.or([eb('audit.actorId', '=', actor ?? ''), eb('official.login', '=', actor ?? '')]),
      ),
    )
    .$if(subject !== undefined && subject !== '', (qb) =>
      qb.where((eb) =>
        code === undefined
          ? eb('audit.subjectId', '=', subject ?? '')
          : eb(
              'audit.subjectId',
              'in',
              eb
                .selectFrom('incident')
                .select((inner) => inner.cast<string>('incident.id', 'text').as('id'))
                .where('incident.publicCode', '=', code),
            ),
      ),
    )
    .orderBy('audit.seq', 'desc')
    .limit(limit)
    .execute()
}

export const findSeals = (db: Db, numbers: readonly number[]) =>
  db
    .selectFrom('auditSeal')
    .select(['n', 'fromSeq', 'toSeq'])
    .where('n', 'in', [...numbers])
    .orderBy('n')
    .execute()

export type Reporter = { name: string | null; channels: string[]; since: string }

/** Who sent a case, as far as it is known and not erased. */
export async function findReporter(db: Db, incidentId: string): Promise<Reporter | null> {
  const rows = await db
    .selectFrom('incident')
    .innerJoin('resident', 'resident.id', 'incident.reporterId')
    .leftJoin('channelLink', 'channelLink.residentId', 'resident.id')
    .select(['resident.displayName', 'resident.createdAt', 'channelLink.channel'])
    .where('incident.id', '=', incidentId)
    .where('resident.erasedAt', 'is', null)
    .execute()
  const [first] = rows
  if (first === undefined) return null
  const channels = rows.flatMap(({ channel }) => (channel === null ? [] : [channel]))
  return {
    name: first.displayName,
    since: first.createdAt,
    channels: [...new Set(channels)].sort(),
  }
}

/** What decides who may look at a case. */
export const findReach = (db: Db, id: string) =>
  db
    .selectFrom('incident')
    .select(['id', 'unitCode', 'agencyCode', 'assigneeId'])
    .where('id', '=', id)
    .executeTakeFirst()
