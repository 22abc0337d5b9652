import type { ColumnType, JSONColumnType } from 'kysely'

/** What columns are read as and written as, the same on both drivers. */
export type Timestamp = ColumnType<string, string | Date, string | Date>
export type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>
export type NullableTimestamp = ColumnType<
  string | null,
  string | Date | null | undefined,
  string | Date | null
>
export type Json<T> = JSONColumnType<T & object, string, string>
/** A jsonb column that may be null; written with JSON.stringify. */
export type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>
