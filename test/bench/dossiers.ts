import { sql } from 'kysely'
import {
  getBoard,
  importDossiers,
  lookUpDossier,
  saveSource,
} from '../../api/rooms/dossiers/index.ts'
import { testCtx, testPorts } from '../harness.ts'
import { openPostgres } from '../harness-pg.ts'
import { setup as startPostgres } from '../harness-pg-setup.ts'
import { line, measure } from './measure.ts'

/**
 * The mirror of dossiers on PostgreSQL: rows a second of an import against the same number of bare rows by `unnest`, the
 * same file again, then look-ups and the board over what was imported. `ROWS` (1,000,000).
 */
const ROWS = Number(process.env.ROWS ?? 1_000_000)
const GROUP = 1_000
const UNIT = '19867'
const say = (text: string) => process.stdout.write(`${text}\n`)
const clock = { now: () => new Date(), set: () => {}, advance: () => {} }

/** Spread over days, so that no limit of a day is met. */
const codeOf = (n: number) => {
  const day = new Date(Date.UTC(2025, 0, 1) + (n % 600) * 86_400_000).toISOString().slice(2, 10)
  return `H57.19-${day.replaceAll('-', '')}-${String(Math.floor(n / 600)).padStart(6, '0')}`
}

const cellsOf = (n: number) => ({
  code: codeOf(n),
  procedureName: `Thủ tục ${n % 40}`,
  field: `Lĩnh vực ${n % 12}`,
  agencyName: `Đơn vị ${n % 9}`,
  state: n % 20 === 0 ? '4' : '10',
  receivedAt: '02/11/2026 08:00',
  dueAt: '09/11/2026',
  returnedAt: n % 20 === 0 ? '' : '06/11/2026 09:00',
  applicantName: 'Nguyễn Văn Ví Dụ',
  phone: '0900000678',
})

async function* entries() {
  for (let from = 0; from < ROWS; from += GROUP)
    yield Array.from({ length: Math.min(GROUP, ROWS - from) }, (_, i) => ({
      line: from + i + 2,
      cells: cellsOf(from + i),
    }))
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

const stopPostgres = await startPostgres()
const { db, close } = await openPostgres()
const ports = testPorts({ limits: { take: async () => ({ ok: true }) } })
const ctx = testCtx(db, { clock, ports })
const mapping = Object.fromEntries(Object.keys(cellsOf(0)).map((name) => [name, name]))
await saveSource(ctx, { name: 'bench', unitCode: UNIT, agencyName: 'x', mapping })

await sql`create table bare (id uuid primary key, code text unique, name text, steps jsonb, at timestamptz)`.execute(
  db,
)
const bare = await seconds(async () => {
  for (let from = 0; from < ROWS; from += GROUP) {
    const rows = Array.from({ length: Math.min(GROUP, ROWS - from) }, (_, i) => from + i)
    await sql`insert into bare select * from unnest(${rows.map(() => ctx.newId())}::uuid[],
      ${rows.map(codeOf)}::text[], ${rows.map(() => 'Thủ tục')}::text[], ${rows.map(() => '[]')}::jsonb[],
      ${rows.map(() => '2026-11-02T01:00:00Z')}::timestamptz[])`.execute(db)
  }
})
const asOf = new Date()
const load = () => importDossiers(ctx, { source: 'bench', kind: 'file', entries, asOf })
const first = await seconds(load)
const again = await seconds(load)
await sql`analyze dossier`.execute(db)
const rate = (took: number) => `${Math.round(ROWS / took)} rows/s`
say(
  `import of ${ROWS} rows: ${rate(first)}, ${(bare / first).toFixed(2)} of bare unnest (${rate(bare)})`,
)
say(`the same file again: ${rate(again)}`)
say(`resident memory after it: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`)

const nobody = { ...ctx, actor: { kind: 'anonymous' as const } }
const look = (n: number) => codeOf((Math.abs(n) * 7919) % ROWS)
const looks = await measure(
  async (n) =>
    void (await lookUpDossier(nobody, { code: look(n), digits: '0678' }, { remote: 'r' })),
  { count: 2_000, callers: 4 },
)
say(line(`look-up with details among ${ROWS}`, looks))
const boards = await measure(async () => void (await getBoard(ctx, { by: 'agency' })), {
  count: 20,
  callers: 1,
})
say(line(`the board, ${ROWS} dossiers`, boards))
await close()
stopPostgres()
