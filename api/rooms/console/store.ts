import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '../../context.ts'
import type { LocalDate } from '../../core/time.ts'
import type { Database } from '../../db/schema.ts'
import type { Reach } from '../identity/index.ts'
import { hasWords, OPEN_STATES } from '../incidents/index.ts'
import { outcomeIs, receivedIn } from './numbers/store.ts'
import type { Turn, WorkCursor } from './policy.ts'
import type { Counts, WorkFilter } from './schema.ts'

/** The one room that joins other rooms' tables, for reading. No column of the sender is selected here. */
type Eb = ExpressionBuilder<Database, 'incident'>

/** Cases that a right reaches. */
export function within(eb: Eb, reach: Reach): Expression<SqlBool> {
  if (reach.isEverything) return eb.lit(true)
  const { unitCode, agencyCode, assigneeId } = reach
  return eb.or([
    ...(unitCode === undefined ? [] : [eb('incident.unitCode', '=', unitCode)]),
    ...(agencyCode === undefined ? [] : [eb('incident.agencyCode', '=', agencyCode)]),
    ...(assigneeId === undefined ? [] : [eb('incident.assigneeId', '=', assigneeId)]),
  ])
}

/** One condition, written out: only so it is known to lie within the partial indexes of open cases, and is guessed right. */
const isInState = (states: readonly string[]) =>
  sql<boolean>`incident.state in (${sql.join(states.map((state) => sql.lit(state)))})`

export const isOpen = () => isInState(OPEN_STATES)

/** Turns with one reach are one condition. */
export const isTurn = (eb: Eb, turns: readonly Turn[]): Expression<SqlBool> =>
  eb.or(
    [...Map.groupBy(turns, ({ reach }) => JSON.stringify(reach)).values()].map((same) =>
      eb.and([
        isInState(same.flatMap(({ states }) => states)),
        ...same.slice(0, 1).map(({ reach }) => within(eb, reach)),
      ]),
    ),
  )

/** Rows that stand after the cursor in the order urgent first, due soonest, oldest. */
export function isAfter(eb: Eb, { urgency, dueDate, id }: WorkCursor): Expression<SqlBool> {
  // Above all cases.
  if (urgency === 'sos') return eb.lit(true)
  const sameDue = eb('incident.dueDate', dueDate === null ? 'is' : '=', dueDate)
  const laterDue =
    dueDate === null
      ? []
      : [eb('incident.dueDate', '>', dueDate), eb('incident.dueDate', 'is', null)]
  return eb.or([
    eb('incident.urgency', '<', urgency),
    eb.and([
      eb('incident.urgency', '=', urgency),
      eb.or([...laterDue, eb.and([sameDue, eb('incident.id', '>', id)])]),
    ]),
  ])
}

const isCode = (eb: Eb, column: 'incident.unitCode' | 'incident.agencyCode', code: string) =>
  code === 'none' ? eb(column, 'is', null) : eb(column, '=', code)

/** The exact point, which officials of a case may know. */
function isInside(eb: Eb, bbox: string): Expression<SqlBool> {
  const [west = 0, south = 0, east = 0, north = 0] = bbox.split(',').map(Number)
  return eb.and([eb.between('incident.lng', west, east), eb.between('incident.lat', south, north)])
}

/** The conditions of a filter; `today` decides what is late. */
export function matches(eb: Eb, filter: WorkFilter, today: LocalDate): Expression<SqlBool> {
  const { urgency, category, state, unitCode, agencyCode, due, from, to, outcome, q, bbox } = filter
  return eb.and([
    ...(q === undefined ? [] : [hasWords(eb, q)]),
    ...(urgency === undefined ? [] : [eb('incident.urgency', '=', urgency)]),
    ...(category === undefined ? [] : [eb('incident.category', '=', category)]),
    ...(state === undefined ? [] : [eb('incident.state', '=', state)]),
    ...(unitCode === undefined ? [] : [isCode(eb, 'incident.unitCode', unitCode)]),
    ...(agencyCode === undefined ? [] : [isCode(eb, 'incident.agencyCode', agencyCode)]),
    ...(bbox === undefined ? [] : [isInside(eb, bbox)]),
    ...(due === 'late' ? [eb('incident.dueDate', '<', today)] : []),
    ...(due === 'today' ? [eb('incident.dueDate', '=', today)] : []),
    ...(from === undefined && to === undefined
      ? []
      : [receivedIn(eb, from ?? '1970-01-01', to ?? today)]),
    ...(outcome === undefined ? [] : [outcomeIs(eb, outcome, today)]),
    ...(due === 'none' ? [eb('incident.dueDate', 'is', null)] : []),
  ])
}

const COLUMNS = [
  'incident.id',
  'incident.publicCode',
  'incident.version',
  'incident.state',
  'incident.category',
  'incident.kind',
  'incident.urgency',
  'incident.description',
  'incident.placeText',
  'incident.unitCode',
  'incident.agencyCode',
  'incident.assigneeId',
  'incident.dueDate',
  'incident.answeredAt',
  'incident.createdAt',
  'areaHamlet.name as hamletName',
  'areaAgency.nameVi as agencyVi',
  'areaAgency.nameEn as agencyEn',
] as const

export const cases = (db: Db) =>
  db
    .selectFrom('incident')
    .leftJoin('areaHamlet', 'areaHamlet.id', 'incident.hamletId')
    .leftJoin('areaAgency', 'areaAgency.code', 'incident.agencyCode')
    .select(COLUMNS)
    .select((eb) =>
      eb
        .selectFrom('incidentMedia')
        .select(sql<number>`count(*)`.as('n'))
        .whereRef('incidentMedia.incidentId', '=', 'incident.id')
        .where('incidentMedia.role', '=', 'report')
        .as('photos'),
    )

export type WorkRow = Awaited<ReturnType<typeof listWork>>[number]

/**
 * Open cases within reach (with `turns`: only those whose next step is the actor's) that match the filter. Their ids are
 * found first, so that names and photos are looked up for one page alone.
 */
export async function listWork(
  db: Db,
  query: {
    reach: Reach
    filter: WorkFilter
    today: LocalDate
    turns?: readonly Turn[] | undefined
    after?: WorkCursor | undefined
    limit: number
  },
) {
  const { reach, turns, after, limit, filter, today } = query
  const ids = db
    .selectFrom('incident')
    .select('incident.id')
    .where((eb) => within(eb, reach))
    // Turns are open states: a second condition on the state would make the guess of rows too low.
    .where((eb) => (turns === undefined ? isOpen() : isTurn(eb, turns)))
    .where((eb) => matches(eb, filter, today))
    .$if(after !== undefined, (qb) => qb.where((eb) => (after ? isAfter(eb, after) : eb.lit(true))))
    .orderBy('incident.urgency', 'desc')
    .orderBy('incident.dueDate')
    .orderBy('incident.id')
    .limit(limit)
  return cases(db)
    .where('incident.id', 'in', ids)
    .orderBy('incident.urgency', 'desc')
    .orderBy('incident.dueDate')
    .orderBy('incident.id')
    .execute()
}

/** Every case within reach, newest first, one more than `limit`. */
export async function listAll(
  db: Db,
  query: {
    reach: Reach
    filter: WorkFilter
    today: LocalDate
    beforeId?: string | undefined
    limit: number
  },
): Promise<WorkRow[]> {
  const { reach, beforeId, limit, filter, today } = query
  return cases(db)
    .where((eb) => within(eb, reach))
    .where((eb) => matches(eb, filter, today))
    .$if(beforeId !== undefined, (qb) => qb.where('incident.id', '<', beforeId ?? ''))
    .orderBy('incident.id', 'desc')
    .limit(limit + 1)
    .execute()
}

export async function countWork(
  db: Db,
  query: { reach: Reach; turns: readonly Turn[]; today: LocalDate },
): Promise<Counts> {
  const { reach, turns, today } = query
  return db
    .selectFrom('incident')
    .select((eb) => {
      const count = () => eb.fn.countAll<number>()
      return [
        count().as('open'),
        count().filterWhere(isTurn(eb, turns)).as('mine'),
        count().filterWhere('state', '=', 'received').as('waiting'),
        count().filterWhere('urgency', '=', 'urgent').as('urgent'),
        count().filterWhere('dueDate', '<', today).as('late'),
        count().filterWhere('dueDate', '=', today).as('dueToday'),
        count().filterWhere('state', '=', 'answer_proposed').as('toApprove'),
      ]
    })
    .where((eb) => within(eb, reach))
    .where(isOpen())
    .executeTakeFirstOrThrow()
    .then(({ dueToday, toApprove, ...rest }) => ({
      ...rest,
      due_today: dueToday,
      to_approve: toApprove,
    }))
}

/** One case with what its page adds. */
export async function findCase(db: Db, id: string) {
  return cases(db)
    .leftJoin('official', 'official.id', 'incident.assigneeId')
    .leftJoin('incident as original', 'original.id', 'incident.duplicateOfId')
    .select([
      'incident.channel',
      'incident.externalSource',
      'incident.externalRef',
      'incident.dueBasis',
      'incident.lng',
      'incident.lat',
      'incident.placeSource',
      'incident.hamletId',
      'incident.isPrivatePlace',
      'incident.depthCm',
      'incident.timeWords',
      'incident.beganOn',
      'incident.hidesIdentity',
      'incident.answerText',
      'incident.reasonCode',
      'incident.rating',
      'official.displayName as assigneeName',
      'original.publicCode as duplicateOf',
    ])
    .where('incident.id', '=', id)
    .executeTakeFirst()
}

export type CaseRow = NonNullable<Awaited<ReturnType<typeof findCase>>>

/** Steps of a case, oldest first, with the names of officials. */
export async function findSteps(db: Db, incidentId: string) {
  return db
    .selectFrom('incidentActivity as step')
    .leftJoin('official', (join) =>
      join
        .on('step.actorKind', '=', 'official')
        .on(sql<string>`official.id::text`, '=', (eb) => eb.ref('step.actorId')),
    )
    .select([
      'step.at',
      'step.kind',
      'step.fromState',
      'step.toState',
      'step.isPublic',
      'step.actorKind',
      'step.data',
      'official.displayName as officialName',
    ])
    .where('step.incidentId', '=', incidentId)
    .orderBy('step.id')
    .execute()
}

export type StepRow = Awaited<ReturnType<typeof findSteps>>[number]

export async function findMedia(db: Db, incidentId: string) {
  const rows = await db
    .selectFrom('incidentMedia')
    .innerJoin('media', 'media.id', 'incidentMedia.mediaId')
    .select(['incidentMedia.mediaId', 'incidentMedia.role', 'media.publishedAt', 'media.redacted'])
    .where('incidentMedia.incidentId', '=', incidentId)
    .where('media.state', '=', 'ready')
    .orderBy('incidentMedia.role')
    .orderBy('incidentMedia.position')
    .orderBy('incidentMedia.mediaId')
    .execute()
  return rows.map(({ mediaId, role, publishedAt, redacted }) => ({
    mediaId,
    role,
    isPublished: publishedAt !== null,
    boxes: redacted?.boxes ?? [],
    ...(redacted === null ? {} : { redactedAt: redacted.at }),
  }))
}

/** All routes of these categories. */
export async function findRoutes(db: Db, categories: readonly string[]) {
  if (categories.length === 0) return []
  return db
    .selectFrom('incidentRoute')
    .innerJoin('areaAgency', 'areaAgency.code', 'incidentRoute.agencyCode')
    .select(['incidentRoute.category', 'incidentRoute.kind', 'incidentRoute.unitCode'])
    .select(['incidentRoute.agencyCode', 'areaAgency.nameVi', 'areaAgency.nameEn'])
    .where('incidentRoute.category', 'in', [...new Set(categories)])
    .execute()
}

/** The agency to which the route of this category sends, in this unit or else anywhere. */
export async function findRoutedAgency(
  db: Db,
  matter: { category: string; kind: string | null; unitCode: string | null },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('incidentRoute')
    .select('agencyCode')
    .where('category', '=', matter.category)
    .where((eb) => eb.or([eb('kind', '=', matter.kind ?? ''), eb('kind', 'is', null)]))
    .where((eb) => eb.or([eb('unitCode', '=', matter.unitCode ?? ''), eb('unitCode', 'is', null)]))
    .orderBy(sql`kind is null`)
    .orderBy(sql`unit_code is null`)
    .limit(1)
    .executeTakeFirst()
  return row?.agencyCode
}
