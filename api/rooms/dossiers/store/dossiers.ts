import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'
import type { DossierFacts } from '../policy/import/merge.ts'
import type { StateNumber } from '../policy/states.ts'

type Row = Selectable<Database['dossier']>
export type DossierRow = Omit<Row, 'state' | 'steps'> & {
  state: StateNumber
  steps: { state: StateNumber; at: string }[]
}

/** The check constraint of the table holds the states; the type says so. */
const asRow = (row: Row): DossierRow => row as DossierRow

export async function findDossier(db: Db, code: string): Promise<DossierRow | undefined> {
  const row = await db.selectFrom('dossier').selectAll().where('code', '=', code).executeTakeFirst()
  return row === undefined ? undefined : asRow(row)
}

export async function findDossiersById(db: Db, ids: readonly string[]): Promise<DossierRow[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('dossier')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(asRow)
}

export async function findDossiers(db: Db, codes: readonly string[]): Promise<DossierRow[]> {
  const rows = await db
    .selectFrom('dossier')
    .selectAll()
    .where(sql<boolean>`code = any(${[...codes]}::text[])`)
    .execute()
  return rows.map(asRow)
}

/** One import at a time: two that touch the same dossiers would wait for each other crosswise. */
export async function lockImports(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('dossier_import'))`.execute(db)
}

export type SavedDossier = DossierFacts & {
  id: string
  code: string
  unitCode: string | null
  ruleVersion: number
  source: string
  version: number
}

type Column = { name: string; type: string; read: (row: SavedDossier) => unknown; isJson?: true }

const COLUMNS: readonly Column[] = [
  { name: 'id', type: 'uuid', read: (r) => r.id },
  { name: 'code', type: 'text', read: (r) => r.code },
  { name: 'unit_code', type: 'text', read: (r) => r.unitCode },
  { name: 'agency_name', type: 'text', read: (r) => r.agencyName },
  { name: 'procedure_code', type: 'text', read: (r) => r.procedureCode },
  { name: 'procedure_name', type: 'text', read: (r) => r.procedureName },
  { name: 'field', type: 'text', read: (r) => r.field },
  { name: 'state', type: 'smallint', read: (r) => r.state },
  { name: 'state_at', type: 'timestamptz', read: (r) => r.stateAt },
  { name: 'steps', type: 'text', read: (r) => JSON.stringify(r.steps), isJson: true },
  { name: 'received_at', type: 'timestamptz', read: (r) => r.receivedAt },
  { name: 'due_at', type: 'timestamptz', read: (r) => r.dueAt },
  { name: 'new_due_at', type: 'timestamptz', read: (r) => r.newDueAt },
  { name: 'late_reason', type: 'text', read: (r) => r.lateReason },
  {
    name: 'missing_papers',
    type: 'text',
    read: (r) => JSON.stringify(r.missingPapers),
    isJson: true,
  },
  { name: 'fee_vnd', type: 'bigint', read: (r) => r.feeVnd },
  { name: 'is_fee_paid', type: 'boolean', read: (r) => r.isFeePaid },
  { name: 'result_place', type: 'text', read: (r) => r.resultPlace },
  { name: 'applicant_masked', type: 'text', read: (r) => r.applicantMasked },
  { name: 'phone_hash', type: 'text', read: (r) => r.phoneHash },
  { name: 'id_hash', type: 'text', read: (r) => r.idHash },
  { name: 'rule_version', type: 'integer', read: (r) => r.ruleVersion },
  { name: 'outcome', type: 'text', read: (r) => r.outcome },
  { name: 'ended_at', type: 'timestamptz', read: (r) => r.endedAt },
  { name: 'source', type: 'text', read: (r) => r.source },
  { name: 'as_of', type: 'timestamptz', read: (r) => r.asOf },
  { name: 'version', type: 'integer', read: (r) => r.version },
]
/** What a dossier was born with. */
const FIXED = new Set(['id', 'code', 'rule_version'])

const list = (parts: readonly RawBuilder<unknown>[]) => sql.join([...parts], sql`, `)

/** Adds and changes in one statement; arrays of columns, so that its text is the same for any number of rows. */
export async function saveDossiers(
  db: Db,
  rows: readonly SavedDossier[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return
  const arrays = COLUMNS.map(({ type, read }) => sql`${rows.map(read)}::${sql.raw(type)}[]`)
  const names = COLUMNS.map(({ name }) => sql.ref(name))
  const values = COLUMNS.map(({ name, isJson }) =>
    isJson ? sql`${sql.ref(name)}::jsonb` : sql.ref(name),
  )
  const updates = COLUMNS.filter(({ name }) => !FIXED.has(name)).map(
    ({ name }) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`,
  )
  const at = now.toISOString()
  await sql`
    insert into dossier (${list(names)}, created_at, updated_at)
    select ${list(values)}, ${at}::timestamptz, ${at}::timestamptz
    from unnest(${list(arrays)}) as incoming (${list(names)})
    on conflict (code) do update set ${list(updates)}, updated_at = excluded.updated_at`.execute(db)
}

/** The same facts, said later: only how old they are changes. */
export async function freshenDossiers(
  db: Db,
  rows: readonly { id: string; asOf: string }[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update dossier set as_of = fresh.as_of
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ asOf }) => asOf)}::timestamptz[])
      as fresh (id, as_of)
    where dossier.id = fresh.id and dossier.as_of < fresh.as_of`.execute(db)
}

/** Rows of the mirror by whoever brought them last; reads the whole table. */
export const countBySource = (db: Db): Promise<{ source: string; count: number }[]> =>
  db
    .selectFrom('dossier')
    .select(['source', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('source')
    .execute()

export async function findRule(db: Db, version: number): Promise<object | undefined> {
  const row = await db
    .selectFrom('dossierRule')
    .select('rule')
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.rule
}

/** The version that holds this rule, a new one when none does. */
export async function saveRule(
  db: Db,
  rule: { hash: string; rule: object; now: Date },
): Promise<number> {
  const { hash, now } = rule
  await db
    .insertInto('dossierRule')
    .values({ hash, rule: JSON.stringify(rule.rule), createdAt: now })
    .onConflict((oc) => oc.column('hash').doNothing())
    .execute()
  const row = await db
    .selectFrom('dossierRule')
    .select('version')
    .where('hash', '=', hash)
    .executeTakeFirstOrThrow()
  return row.version
}
