import type { Actor, Capability, Db, Role } from '../../api/context.ts'
import {
  draftAlert,
  followAlert,
  followReadings,
  listInForce,
  moveAlert,
  sendIssued,
} from '../../api/rooms/alerts/index.ts'
import { runDispatches } from '../../api/rooms/delivery/index.ts'
import {
  createOfficial,
  type OfficialActor,
  seedConsentTexts,
} from '../../api/rooms/identity/index.ts'
import { testClock } from '../harness.ts'
import { openPeople, UNIT } from './delivery-kit.ts'
import { openReadings } from './readings-kit.ts'

export const HOUR_MS = 3_600_000

/** A commune's desk for warnings over one database: who writes, who releases, and people who hear. */
export async function openAlerts(db: Db) {
  const clock = testClock()
  const people = openPeople(db, clock)
  const rivers = openReadings(db, clock)
  const system = people.as()
  await seedConsentTexts(db, clock.now())
  await rivers.seed()
  const official = async (
    login: string,
    roles: Role[],
    unitCode: string | null = UNIT,
    capabilities: Capability[] = [],
  ) => {
    const { id } = await createOfficial(system, {
      login: `canbo.${login}`,
      displayName: `Cán bộ ${login}`,
      password: 'mot-hai-ba-bon-nam',
      ...{ roles, capabilities, unitCode, agencyCode: null },
    })
    const actor: OfficialActor = {
      kind: 'official',
      officialId: id,
      ...{ roles, capabilities, unitCode, agencyCode: null },
    }
    return people.as(actor)
  }
  const writer = await official('an', ['dispatcher'])
  const approver = await official('khoi', ['approver'])
  const input = (more: Record<string, unknown> = {}) => ({
    unitCode: UNIT,
    kind: 'flood' as const,
    level: 2,
    headlineVi: 'Nước sông Bồ đang lên nhanh',
    headlineEn: 'The Bồ river is rising fast',
    instructionVi: 'Chuyển xe lên cao.',
    instructionEn: 'Move vehicles up.',
    ...{ issuer: 'UBND xã Quảng Điền', signer: 'Phan Đình Khôi', documentNo: '12/TB-UBND' },
    area: { places: [{ unitCode: UNIT }], polygons: [], circles: [] },
    expiresAt: new Date(clock.now().getTime() + 12 * HOUR_MS).toISOString(),
    ...more,
  })
  const versionOf = async (id: string) => {
    const row = await db
      .selectFrom('alert')
      .select('version')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return row.version
  }
  const move = async (
    ctx: typeof writer,
    id: string,
    to: 'propose' | 'return' | 'issue' | 'drop',
  ) => moveAlert(ctx, { id, move: to, version: await versionOf(id) })
  const propose = async (more: Record<string, unknown> = {}) => {
    const { id } = await draftAlert(writer, input(more))
    await move(writer, id, 'propose')
    return id
  }
  /** Written by one, issued by the other. */
  const publish = async (more: Record<string, unknown> = {}) => {
    const id = await propose(more)
    await move(approver, id, 'issue')
    return id
  }
  /** The message that follows, written and issued. */
  const follow = async (id: string, as: 'update' | 'all_clear' | 'cancel') => {
    const next = await followAlert(writer, { id, as })
    await db
      .updateTable('alert')
      .set({ documentNo: '13/TB-UBND' })
      .where('id', '=', next.id)
      .execute()
    await move(writer, next.id, 'propose')
    await move(approver, next.id, 'issue')
    return next.id
  }
  /** Everything in the background, until nothing is left to do. */
  const settle = async () => {
    for (let i = 0; i < 20; i++) {
      const done =
        (await followReadings(system)) + (await sendIssued(system)) + (await runDispatches(system))
      if (done === 0) return
    }
  }
  const rows = () => db.selectFrom('alert').selectAll().orderBy('createdAt').orderBy('id').execute()
  const heard = async (chatKey: string) => {
    const sent = await db
      .selectFrom('outbox')
      .select(['message', 'state'])
      .where('chatKey', '=', chatKey)
      .where('lane', '=', 'alert')
      .orderBy('id')
      .execute()
    return sent
      .filter(({ state }) => state === 'queued')
      .map(({ message }) => JSON.stringify(message))
  }
  const inForce = () => listInForce(people.nobody())
  const as = (actor: Actor) => people.as(actor)
  return {
    ...{ as, clock, db, people, rivers, system, official, writer, approver, input, move, propose },
    ...{ publish, follow, settle, rows, heard, inForce, versionOf },
  }
}
