import type { Ctx } from '../../context.ts'
import { importHamlets, listHamlets, saveAgency, saveOffice } from '../../rooms/areas/index.ts'
import { createOfficial, currentConsentText } from '../../rooms/identity/index.ts'
import {
  type CreateIncident,
  createIncident,
  saveRoute,
  saveTemplate,
} from '../../rooms/incidents/index.ts'
import { CASES } from './cases.ts'
import { AGENCIES, hamletRows, OFFICE, OFFICIALS, ROUTES, TEMPLATES, UNIT_CODE } from './data.ts'
import { seedDossiers } from './dossiers.ts'
import { seedDutyChat } from './duty.ts'
import { seedFloodPoints } from './floods.ts'
import { seedNotices } from './notices.ts'
import { type OfficialActor, upload, walk } from './walk.ts'

export type DemoLogin = { login: string; password: string; role: string }

const SOURCE = 'dữ liệu minh họa'
const HOUR_MS = 3_600_000
const DUE_IN_WORKING_DAYS = 7

/**
 * Fills an empty database with the demo commune, through the same use-cases that people use, so that every case has its
 * activity, audit and routing. Dates are relative to `ctx.now()`.
 */
export async function seedDemo(
  ctx: Ctx,
  options: { password: () => string },
): Promise<{ logins: DemoLogin[] }> {
  await seedPlaces(ctx)
  const { logins, actors } = await seedOfficials(ctx, options.password)
  await seedDutyChat(ctx, actors)
  await seedCases(ctx, actors)
  await seedDossiers(ctx)
  await seedNotices(ctx, actors)
  await seedFloodPoints(ctx, actors)
  return { logins }
}

async function seedPlaces(ctx: Ctx): Promise<void> {
  await importHamlets(ctx, hamletRows, { source: SOURCE })
  for (const agency of AGENCIES) await saveAgency(ctx, agency)
  await saveOffice(ctx, OFFICE)
  for (const template of TEMPLATES) await saveTemplate(ctx, template)
  for (const [category, slug] of Object.entries(ROUTES)) {
    await saveRoute(ctx, {
      category: category as CreateIncident['category'],
      unitCode: UNIT_CODE,
      agencyCode: `${UNIT_CODE}.${slug}`,
      dueInWorkingDays: DUE_IN_WORKING_DAYS,
    })
  }
}

async function seedOfficials(ctx: Ctx, newPassword: () => string) {
  const logins: DemoLogin[] = []
  const actors = new Map<string, OfficialActor>()
  for (const { agency, ...person } of OFFICIALS) {
    const password = newPassword()
    const agencyCode = agency === null ? null : `${UNIT_CODE}.${agency}`
    const official = await createOfficial(ctx, {
      ...person,
      password,
      unitCode: UNIT_CODE,
      agencyCode,
    })
    const { id, roles, capabilities, unitCode } = official
    const actor: OfficialActor = {
      kind: 'official',
      officialId: id,
      roles,
      capabilities,
      unitCode,
      agencyCode,
    }
    actors.set(person.login, actor)
    logins.push({ login: person.login, password, role: person.roles.join(', ') })
  }
  return { logins, actors }
}

async function seedCases(ctx: Ctx, actors: ReadonlyMap<string, OfficialActor>): Promise<void> {
  const consent = await currentConsentText(ctx.db, 'report')
  const hamlets = new Map(
    (await listHamlets(ctx.db, UNIT_CODE)).map((hamlet) => [hamlet.name, hamlet]),
  )
  const codes = new Map<string, string>()
  for (const item of CASES) {
    const reportedAt = ctx.now().getTime() - item.hoursAgo * HOUR_MS
    const at = (afterHours: number): Ctx => ({
      ...ctx,
      now: () => new Date(reportedAt + afterHours * HOUR_MS),
    })
    const reporter: Ctx = { ...at(0), actor: { kind: 'anonymous' } }
    const hamlet = hamlets.get(item.hamlet)
    if (hamlet?.lng == null || hamlet.lat == null)
      throw new Error(`no hamlet ${item.hamlet} in the demo`)
    const created = await createIncident(reporter, {
      category: item.category,
      urgency: item.urgency,
      description: item.description,
      place: {
        source: 'pin',
        lng: hamlet.lng + item.nudge[0],
        lat: hamlet.lat + item.nudge[1],
        hamletId: hamlet.id,
        text: `thôn ${item.hamlet}`,
      },
      media: item.scene === undefined ? [] : [await upload(reporter, item.scene)],
      consentVersion: consent.version,
    })
    codes.set(item.id, created.publicCode)
    for (const step of item.steps)
      await walk(at(step.afterHours), { item, step, created, codes, actors })
  }
}
