import type { Ctx } from '../../../context.ts'
import type { Cells } from '../policy/import/row.ts'
import { type NewAside, saveAsides } from '../store/asides.ts'

/** A row that could not be read, as it came, while it is looked at. */
export type BadRow = { cells: Cells; code: string | null; issues: NewAside['issues'] }

/** Keeps rows aside with their reasons; of what stood in them only the code, where that can be read. How many. */
export async function keepAside(tx: Ctx, source: string, bad: readonly BadRow[]): Promise<number> {
  const rows = new Map<string, NewAside>()
  for (const { cells, code, issues } of bad) {
    const key = code ?? `#${await tx.ports.sign('dossier-aside', JSON.stringify(cells))}`
    rows.set(key, { key, code, issues })
  }
  await saveAsides(tx.db, { source, rows: [...rows.values()], now: tx.now() })
  if (rows.size > 0) tx.log.warn('dossiers.rows_aside', { source, count: rows.size })
  return rows.size
}
