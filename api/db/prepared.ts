import { sql } from 'kysely'

/**
 * At the end of a statement (`modifyEnd`): run so often that a host with lasting connections prepares it, which saves
 * parsing and planning. Only for statements that insert, find rows by a unique key or read a small table: a kept plan
 * does not see at once how large a table grew, so it must be right, or nearly, for any size.
 */
export const PREPARED = sql`/* prepared */`

export const isPrepared = (text: string): boolean => text.endsWith('/* prepared */')
