import { sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { LocalDate } from '../../../core/time.ts'
import type { Reach } from '../../identity/index.ts'
import { outcomeIs } from '../numbers/store.ts'
import type { WorkFilter } from '../schema.ts'
import { isOpen, matches, within } from '../store.ts'

/** Points of cases within reach, newest first. */
export const listPoints = (
  db: Db,
  query: {
    scope: 'open' | 'all'
    reach: Reach
    filter: WorkFilter
    today: LocalDate
    limit: number
  },
) =>
  db
    .selectFrom('incident')
    .select(['incident.lng', 'incident.lat', 'incident.urgency', 'incident.createdAt'])
    .select((eb) => sql<boolean>`${outcomeIs(eb, 'late', query.today)}`.as('isLate'))
    .where('incident.lng', 'is not', null)
    .where((eb) => within(eb, query.reach))
    .where((eb) => matches(eb, query.filter, query.today))
    .$if(query.scope === 'open', (qb) => qb.where(isOpen()))
    .orderBy('incident.id', 'desc')
    .limit(query.limit)
    .execute()
