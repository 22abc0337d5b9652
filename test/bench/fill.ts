import { sql } from 'kysely'
import type { Db } from '../../api/context.ts'

/**
 * Writes `count` incidents of the last two years in one statement: nine of ten ended, one of sixteen open, in forty
 * units, thick around two towns. Ids grow with time like the product's own.
 */
export async function fillIncidents(db: Db, count: number): Promise<void> {
  await sql`
    insert into incident (id, public_code, state, category, urgency, description, lng, lat, place_source, place_text,
      unit_code, is_private_place, channel, secret_hash, hides_identity, agency_code, due_date, answer_text,
      accepted_at, answered_at, closed_at, created_at, updated_at)
    select
      (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' ||
        substr(md5(n::text), 4, 15))::uuid,
      'BENCH-' || n,
      state,
      (array['road', 'waste', 'lighting', 'drainage', 'flood', 'noise', 'traffic', 'trees'])[1 + n % 8],
      case when n % 40 = 0 then 'urgent' else 'normal' end,
      'Ổ gà sâu trước chợ, xe máy té, gần nhà ông Nguyễn Văn Tám, gọi 0912345678 (' || n || ')',
      round((case when n % 3 = 0 then 107.53 else 107.6 end + (r1 + r2 + r3 - 1.5) * 0.12)::numeric, 6),
      round((case when n % 3 = 0 then 16.57 else 16.46 end + (r2 + r4 - 1) * 0.12)::numeric, 6),
      'pin', 'Chợ', (19700 + n % 40)::text, n % 8 = 5, 'web', md5(n::text), true,
      case when state in ('received', 'refused') then null else ${BENCH_AGENCY}::text end,
      (at + interval '9 days')::date,
      case when state in ('answered', 'closed') then 'Đã vá ổ gà' end,
      case when state in ('received', 'refused') then null else at + interval '1 hour' end,
      case when state in ('answered', 'closed') then at + interval '6 days' end,
      case when state in ('closed', 'refused') then at + interval '16 days' end,
      at, at
    from (
      select n, now() - (${count}::integer - n) * (interval '730 days' / ${count}::integer) as at,
        random() as r1, random() as r2, random() as r3, random() as r4,
        case
          when n % 16 = 0 then (array['received', 'assigned', 'in_progress', 'accepted'])[1 + (n / 16) % 4]
          when n % 16 = 1 then 'refused'
          when n % 16 = 2 then 'answered'
          else 'closed'
        end as state
      from generate_series(1, ${count}::integer) as n
    ) as drawn`.execute(db)
  await sql`
    insert into incident_activity (id, incident_id, at, actor_kind, kind, to_state, is_public, data)
    select id, id, created_at, 'anonymous', 'received', 'received', true, '{}' from incident
    where public_code like 'BENCH-%' order by id desc limit 20000`.execute(db)
  // Under a server that cleans up after itself both have been done.
  await sql`vacuum (analyze) incident`.execute(db)
  await sql`vacuum (analyze) incident_activity`.execute(db)
}

export const BENCH_AGENCY = '19867.kt'
