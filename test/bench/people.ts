import { sql } from 'kysely'
import type { Db } from '../../api/context.ts'

const FIRST_CHAT = 7_000_000_000

/** Adds residents until there are `count`: each with a chat on Telegram, consent, and floods of the unit subscribed. */
export async function fillPeople(db: Db, count: number, unitCode: string): Promise<void> {
  const now = sql`now()`
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from resident`.execute(db)
  const from = rows[0]?.n ?? 0
  const id = sql`md5('bench ' || n)::uuid`
  const each = sql`generate_series(${from + 1}::integer, ${count}::integer) as n`
  await sql`insert into resident (id, language, created_at) select ${id}, 'vi', ${now} from ${each}`.execute(
    db,
  )
  await sql`insert into channel_link (id, resident_id, channel, chat_key, state, created_at, updated_at)
    select gen_random_uuid(), ${id}, 'telegram', (${FIRST_CHAT}::bigint + n)::text, 'active', ${now}, ${now}
    from ${each}`.execute(db)
  await sql`insert into consent (id, resident_id, purpose, version, channel, given_at)
    select gen_random_uuid(), ${id}, 'notify', 1, 'telegram', ${now} from ${each}`.execute(db)
  await sql`insert into subscription (id, resident_id, kind, unit_code, only_life_safety, created_at)
    select gen_random_uuid(), ${id}, 'flood', ${unitCode}, false, ${now} from ${each}`.execute(db)
  await sql`analyze resident, channel_link, consent, subscription`.execute(db)
}
