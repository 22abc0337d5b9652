import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { unitByCode } from '../data/index.ts'
import { AgencyInput, HotlineInput, OfficeInput } from '../schema.ts'
import {
  type AgencyRecord,
  type HotlineRecord,
  insertAgency,
  insertHotline,
  insertOffice,
  type OfficeRecord,
  selectAgency,
  selectHotline,
  selectOffice,
  updateAgency,
  updateHotline,
  updateOffice,
} from '../store.ts'
import { requireKeeper } from './access.ts'

const unknown = (path: string) =>
  new AppError('http.invalid_input', { issues: [{ path, code: 'invalid_value' }] })

function requireUnit(code: string | null | undefined): void {
  if (code != null && unitByCode(code) === undefined) throw unknown('unitCode')
}

/** Names of the fields in which two rows differ. */
const changed = (before: object | undefined, after: object): string[] =>
  Object.entries(after)
    .filter(
      ([key, value]) =>
        JSON.stringify(value) !== JSON.stringify(new Map(Object.entries(before ?? {})).get(key)),
    )
    .map(([key]) => key)

type Saved = { kind: 'area_agency' | 'area_office' | 'area_hotline'; id: string }

/** Inserts, updates or leaves a row, with an audit row when anything changed. */
async function save<Row extends { id: string }>(
  tx: Ctx,
  subject: Saved,
  before: Row | undefined,
  after: Row,
  write: { insert: (row: Row) => Promise<void>; update: (row: Row) => Promise<void> },
): Promise<Row> {
  const fields = changed(before, after)
  if (fields.length === 0) return after
  await (before === undefined ? write.insert(after) : write.update(after))
  await audit(tx, {
    action: before === undefined ? 'areas.added' : 'areas.changed',
    subjectKind: subject.kind,
    subjectId: subject.id,
    fields,
  })
  return after
}

/** Adds an agency or changes the one with its code. Throws `http.invalid_input` for an unknown unit or successor. */
export async function saveAgency(ctx: Ctx, input: AgencyInput): Promise<AgencyRecord> {
  requireKeeper(ctx)
  const agency = parseInput(AgencyInput, input)
  requireUnit(agency.unitCode)
  return inTransaction(ctx, async (tx) => {
    const { successorCode } = agency
    if (successorCode != null && (await selectAgency(tx.db, successorCode)) === undefined)
      throw unknown('successorCode')
    const before = await selectAgency(tx.db, agency.code)
    const after: AgencyRecord = {
      id: before?.id ?? tx.newId(),
      code: agency.code,
      unitCode: agency.unitCode ?? null,
      nameVi: agency.nameVi,
      nameEn: agency.nameEn,
      kind: agency.kind,
      successorCode: successorCode ?? null,
      validFrom: agency.validFrom,
      validTo: agency.validTo ?? null,
    }
    return save(tx, { kind: 'area_agency', id: agency.code }, before, after, {
      insert: (row) => insertAgency(tx.db, row),
      update: (row) => updateAgency(tx.db, row),
    })
  })
}

/** Adds an office of an agency or changes the one of the same agency, unit and name. */
export async function saveOffice(ctx: Ctx, input: OfficeInput): Promise<OfficeRecord> {
  requireKeeper(ctx)
  const office = parseInput(OfficeInput, input)
  requireUnit(office.unitCode)
  return inTransaction(ctx, async (tx) => {
    if ((await selectAgency(tx.db, office.agencyCode)) === undefined) throw unknown('agencyCode')
    const before = await selectOffice(tx.db, office)
    const id = before?.id ?? tx.newId()
    const hours = Object.fromEntries(
      Object.entries(office.hours).sort(([a], [b]) => Number(a) - Number(b)),
    )
    const { lng = null, lat = null } = office
    const after: OfficeRecord = { ...office, id, lng, lat, hours }
    return save(tx, { kind: 'area_office', id }, before, after, {
      insert: (row) => insertOffice(tx.db, row),
      update: (row) => updateOffice(tx.db, row),
    })
  })
}

/** Adds a hotline or changes the one with its code. */
export async function saveHotline(ctx: Ctx, input: HotlineInput): Promise<HotlineRecord> {
  requireKeeper(ctx)
  const hotline = parseInput(HotlineInput, input)
  requireUnit(hotline.unitCode)
  return inTransaction(ctx, async (tx) => {
    const before = await selectHotline(tx.db, hotline.code)
    const after: HotlineRecord = {
      ...hotline,
      id: before?.id ?? tx.newId(),
      unitCode: hotline.unitCode ?? null,
    }
    return save(tx, { kind: 'area_hotline', id: hotline.code }, before, after, {
      insert: (row) => insertHotline(tx.db, row),
      update: (row) => updateHotline(tx.db, row),
    })
  })
}
