import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { importHamlets, unitByCode } from '../../areas/index.ts'
import { requireCan } from '../../identity/index.ts'
import { listLadders, listPartnerKeys, readTemplates } from '../../incidents/index.ts'
import { listRetention } from './retention.ts'
import { CalendarDay, HamletInput, Population, type Settings } from './schema.ts'
import {
  deleteDay,
  listAllAgencies,
  listDays,
  listHamletRows,
  listOffices,
  listPopulations,
  listRoutes,
  upsertDay,
  upsertPopulation,
} from './store.ts'

/** All that an administrator may change. Throws `http.unauthenticated`, `http.forbidden`. */
export async function readSettings(ctx: Ctx): Promise<Settings> {
  requireCan(ctx, 'areas.manage')
  const keys = await listPartnerKeys(ctx)
  return {
    agencies: await listAllAgencies(ctx.db),
    offices: await listOffices(ctx.db),
    hamlets: await listHamletRows(ctx.db, ctx.settings.homeUnitCode),
    routes: await listRoutes(ctx.db),
    calendar: await listDays(ctx.db),
    populations: await listPopulations(ctx.db),
    templates: await readTemplates(ctx),
    ladders: await listLadders(ctx),
    retention: await listRetention(ctx),
    keys: keys.map(({ name, rights, createdAt, lastUsedAt, revokedAt }) => ({
      ...{ name, rights, createdAt, lastUsedAt, revokedAt },
    })),
  }
}

/** Adds or changes one day; terms that were counted before stay as they were. Throws as `readSettings`. */
export async function saveCalendarDay(ctx: Ctx, input: CalendarDay): Promise<CalendarDay> {
  requireCan(ctx, 'areas.manage')
  const day = parseInput(CalendarDay, input)
  return inTransaction(ctx, async (tx) => {
    await upsertDay(tx.db, day)
    await audit(tx, {
      action: 'areas.save_day',
      subjectKind: 'calendar_day',
      subjectId: day.date,
      fields: ['kind', 'nameVi', 'nameEn', 'source', 'confirmed'],
      data: { kind: day.kind, confirmed: day.confirmed },
    })
    return day
  })
}

/** Takes a day off the calendar; again changes nothing. Throws as `readSettings`. */
export async function removeCalendarDay(ctx: Ctx, date: string): Promise<void> {
  requireCan(ctx, 'areas.manage')
  await inTransaction(ctx, async (tx) => {
    if (!(await deleteDay(tx.db, date))) return
    await audit(tx, { action: 'areas.remove_day', subjectKind: 'calendar_day', subjectId: date })
  })
}

/** The residents of a unit, with where the figure comes from. Throws `http.invalid_input` for an unknown unit. */
export async function savePopulation(ctx: Ctx, input: Population): Promise<Population> {
  requireCan(ctx, 'areas.manage')
  const row = parseInput(Population, input)
  if (unitByCode(row.unitCode) === undefined)
    throw new AppError('http.invalid_input', {
      issues: [{ path: 'unitCode', code: 'invalid_value' }],
    })
  return inTransaction(ctx, async (tx) => {
    await upsertPopulation(tx.db, row)
    await audit(tx, {
      action: 'areas.save_population',
      subjectKind: 'area_population',
      subjectId: row.unitCode,
      fields: ['residents', 'asOf', 'source'],
      data: { residents: row.residents, asOf: row.asOf },
    })
    return row
  })
}

/**
 * Adds a hamlet or changes the one of the same unit, name and first day; the same again changes nothing. Throws
 * `areas.invalid_import` when one of that name is there in that time already, and as `readSettings`.
 */
export async function saveHamlet(ctx: Ctx, input: HamletInput): Promise<void> {
  requireCan(ctx, 'areas.manage')
  const { source, ...row } = parseInput(HamletInput, input)
  await importHamlets(ctx, [row], { source })
}
