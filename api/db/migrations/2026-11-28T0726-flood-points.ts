import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  `create table flood_point (
    id uuid primary key,
    version integer not null default 1,
    unit_code text not null,
    name text not null check (length(name) between 1 and 120),
    other_names text[] not null default '{}',
    lng double precision not null,
    lat double precision not null,
    road text not null check (road in ('open', 'hard', 'closed')),
    road_at timestamptz(3) not null,
    depth_cm integer check (depth_cm between 0 and 1000),
    measured_at timestamptz(3),
    source text,
    closed_at timestamptz(3),
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    check ((depth_cm is null) = (measured_at is null) and (depth_cm is null) = (source is null))
  )`,
  `create index flood_point_watched on flood_point (unit_code) where closed_at is null`,
  // Who said it is known only as a digest, so that one person counts once.
  `create table flood_depth (
    point_id uuid not null references flood_point (id) on delete cascade,
    sayer_hash text not null,
    depth_cm integer not null check (depth_cm between 0 and 1000),
    said_at timestamptz(3) not null,
    primary key (point_id, sayer_hash)
  )`,
  `create index flood_depth_said on flood_depth (said_at)`,
  `create index incident_depth_said on incident (created_at) where depth_cm is not null`,
] as const

/** Frozen: places that go under water, and how deep people say it is there. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
