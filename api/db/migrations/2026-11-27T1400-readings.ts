import { type Kysely, sql } from 'kysely'

/** Frozen: stations with dated alarm levels, series, readings with their quality, hourly and daily values, keys, feeds. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table reading_station (
      code text primary key,
      kind text not null check (kind in ('river', 'rain', 'air', 'reservoir', 'tide')),
      name_vi text not null,
      name_en text not null,
      river_vi text,
      national_code text unique,
      lng double precision,
      lat double precision,
      unit_codes text[] not null,
      datum_vi text,
      datum_en text,
      operator_vi text not null,
      operator_en text not null,
      source text not null,
      valid_from date not null,
      valid_to date
    )`.execute(db)
  await sql`
    create table reading_alarm_level (
      station_code text not null references reading_station (code),
      stage smallint not null check (stage between 1 and 4),
      level_cm integer not null,
      valid_from date not null,
      valid_to date,
      source text not null,
      primary key (station_code, stage, valid_from)
    )`.execute(db)
  await sql`
    create table reading_series (
      id integer generated always as identity primary key,
      station_code text not null references reading_station (code),
      property text not null,
      last_at timestamptz(3),
      last_value double precision,
      stage smallint not null default 0,
      below_since timestamptz(3),
      unique (station_code, property)
    )`.execute(db)
  await sql`
    create table reading (
      series_id integer not null,
      at timestamptz(3) not null,
      value double precision not null,
      quality text not null check (quality in
        ('good', 'late', 'corrected', 'jump', 'future', 'impossible', 'negative', 'wrong_unit')),
      received_at timestamptz(3) not null,
      primary key (series_id, at)
    )`.execute(db)
  await sql`create index reading_purge on reading using brin (at)`.execute(db)
  await sql`
    create table reading_revision (
      id uuid primary key,
      series_id integer not null,
      at timestamptz(3) not null,
      value double precision not null,
      quality text not null,
      replaced_at timestamptz(3) not null
    )`.execute(db)
  await sql`create index reading_revision_series on reading_revision (series_id, at)`.execute(db)
  for (const span of ['hour', 'day']) {
    await sql`
      create table ${sql.table(`reading_${span}`)} (
        series_id integer not null,
        at timestamptz(3) not null,
        n integer not null,
        low double precision not null,
        high double precision not null,
        mean double precision not null,
        total double precision not null,
        primary key (series_id, at)
      )`.execute(db)
  }
  await sql`
    create table reading_dirty (
      series_id integer not null,
      at timestamptz(3) not null,
      primary key (series_id, at)
    )`.execute(db)
  await sql`
    create table reading_key (
      id uuid primary key,
      key_hash text not null unique,
      label text not null,
      station_codes text[] not null,
      created_at timestamptz(3) not null,
      created_by text,
      revoked_at timestamptz(3)
    )`.execute(db)
  await sql`
    create table reading_feed (
      code text primary key,
      failures integer not null,
      next_at timestamptz(3) not null,
      ok_at timestamptz(3),
      fault text
    )`.execute(db)
}
