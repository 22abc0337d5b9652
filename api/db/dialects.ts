import { CamelCasePlugin, type KyselyPlugin } from 'kysely'

/**
 * PostgreSQL type ids whose two drivers (pg, PGlite) disagree, and one reading for both. Given to
 * `new Pool({ types: pgTypes })` and to `new PGlite({ parsers: PARSERS })`; a test runs one query on both.
 */
const OID = {
  bool: 16,
  int8: 20,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  interval: 1186,
  xid8: 5069,
}

function safeInteger(value: string): number {
  const n = Number(value)
  if (!Number.isSafeInteger(n)) throw new RangeError('bigint beyond 2^53')
  return n
}

const isoInstant = (value: string): string => {
  // "2026-11-23 15:30:00.123+00" → ISO; the offset may be written +07 or +07:00.
  const iso = value.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00')
  return new Date(iso).toISOString()
}

export const PARSERS: Record<number, (value: string) => unknown> = {
  [OID.int8]: safeInteger,
  [OID.date]: (value) => value,
  [OID.timestamp]: (value) => value,
  [OID.timestamptz]: isoInstant,
  [OID.interval]: (value) => value,
  [OID.xid8]: (value) => value,
}

type PgTypes = { getTypeParser: (oid: number, format?: string) => unknown }

/** pg's `types` option with our parsers over its own. */
export const pgTypes = (builtin: PgTypes) => ({
  getTypeParser: (oid: number, format?: string) =>
    (format === undefined || format === 'text' ? PARSERS[oid] : undefined) ??
    builtin.getTypeParser(oid, format),
})

/** snake_case in SQL, camelCase here; keys inside jsonb are left as they are. */
export const plugins: KyselyPlugin[] = [new CamelCasePlugin({ maintainNestedObjectKeys: true })]
