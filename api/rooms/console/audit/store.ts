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
