import type { Ctx } from '../../../context.ts'
import { sha256Hex } from '../../../core/ids.ts'
import { loadCalendar } from '../../areas/index.ts'
import { PLAIN_WEEK, type WorkRule } from '../policy/work-rule.ts'
import { findRule, saveRule } from '../store/dossiers.ts'

/** The rule of today: the plain week with the installation's calendar. */
async function currentRule(ctx: Ctx): Promise<WorkRule> {
  const { days } = await loadCalendar(ctx.db)
  const special = [...days]
    .map(([date, { kind }]) => [date, kind === 'swap_work' ? 'work' : 'off'] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...PLAIN_WEEK, days: Object.fromEntries(special) }
}

/** Keeps the rule of today and tells its version; the same rule keeps its version. */
export async function keepCurrentRule(tx: Ctx): Promise<number> {
  const rule = await currentRule(tx)
  const hash = await sha256Hex(JSON.stringify(rule))
  return saveRule(tx.db, { hash, rule, now: tx.now() })
}

/** The rule that a dossier was accepted under. */
export async function loadRule(ctx: Ctx, version: number): Promise<WorkRule> {
  // Written by keepCurrentRule only.
  return ((await findRule(ctx.db, version)) as WorkRule | undefined) ?? currentRule(ctx)
}
