import type { Ctx } from '../../../context.ts'
import { findAgency, findHamlet, fullName, unitByCode } from '../../areas/index.ts'
import type { Around } from '../policy/view.ts'
import { findActivity, findCaseMedia, findPublicCode, type IncidentRow } from '../store/cases.ts'
import { countFollowers } from '../store/follow.ts'

/** Name of a unit with its kind ("Xã Quảng Điền"); its code when it is none of ours. */
export function unitName(code: string | null): string {
  const unit = code === null ? undefined : unitByCode(code)
  return unit === undefined ? (code ?? '') : fullName(unit)
}

/** Name of an agency in the reader's language, past ones too. */
export async function agencyName(ctx: Ctx, code: string, language = ctx.language): Promise<string> {
  const agency = await findAgency(ctx.db, code)
  if (agency === undefined) return code
  return language === 'en' ? agency.nameEn : agency.nameVi
}

/** Everything that views of these cases need, in a fixed number of queries plus one a different name. */
export async function loadAround(
  ctx: Ctx,
  rows: readonly IncidentRow[],
): Promise<Map<string, Around>> {
  const ids = rows.map((row) => row.id)
  const [activity, media] = [await findActivity(ctx.db, ids), await findCaseMedia(ctx.db, ids)]
  const followers = await countFollowers(ctx.db, ids)
  const agencies = new Map<string, string>()
  for (const code of agencyCodes(rows, activity)) agencies.set(code, await agencyName(ctx, code))
  const hamlets = new Map<string, string>()
  for (const id of new Set(rows.map((row) => row.hamletId))) {
    const hamlet = id === null ? undefined : await findHamlet(ctx.db, id)
    if (hamlet !== undefined) hamlets.set(hamlet.id, hamlet.name)
  }
  const around = new Map<string, Around>()
  for (const row of rows) {
    around.set(row.id, {
      unitName: unitName(row.unitCode),
      hamletName: row.hamletId === null ? undefined : hamlets.get(row.hamletId),
      agencyName: (code) => agencies.get(code) ?? code,
      activity: activity.filter((step) => step.incidentId === row.id),
      media: media.filter((item) => item.incidentId === row.id),
      followers: followers.get(row.id) ?? 0,
      duplicateOf:
        row.duplicateOfId === null ? undefined : await findPublicCode(ctx.db, row.duplicateOfId),
    })
  }
  return around
}

function agencyCodes(
  rows: readonly IncidentRow[],
  activity: Awaited<ReturnType<typeof findActivity>>,
): Set<string> {
  const codes = [
    ...rows.map((row) => row.agencyCode),
    ...activity.map((step) => step.data.agencyCode),
  ]
  return new Set(codes.filter((code) => typeof code === 'string'))
}
