import type { Actor, Ctx, Db } from '../../api/context.ts'
import { uploadMedia } from '../../api/files/index.ts'
import { importHamlets, saveAgency, seedReference } from '../../api/rooms/areas/index.ts'
import {
  createOfficial,
  residentForChat,
  seedConsentTexts,
} from '../../api/rooms/identity/index.ts'
import {
  type CreateIncident,
  createIncident,
  moveIncident,
  type OfficialMove,
  saveRoute,
} from '../../api/rooms/incidents/index.ts'
import { type TestClock, testClock, testCtx, testPorts } from '../harness.ts'
import { jpeg } from './files-kit.ts'

export const UNIT = '19867'
export const OFFICE = 'quang-dien.kinh-te'
export const POLICE = 'quang-dien.cong-an'
export const INSIDE = { lng: 107.53251, lat: 16.56974 }

type Official = Extract<Actor, { kind: 'official' }>

/** A commune with two agencies, a hamlet, a route and its people; everything made through use-cases. */
export async function openCommune(db: Db) {
  const clock: TestClock = testClock()
  const ports = testPorts()
  const as = (actor: Actor, language: 'vi' | 'en' = 'vi'): Ctx =>
    testCtx(db, { actor, clock, ports, language })
  const system = as({ kind: 'system', name: 'test' })
  await seedConsentTexts(db, clock.now())
  await seedReference(db, clock.now(), system.newId)
  for (const [code, nameVi, kind] of [
    [OFFICE, 'Phòng Kinh tế', 'commune_office'],
    [POLICE, 'Công an xã', 'police'],
  ] as const) {
    const nameEn = `${nameVi} (en)`
    await saveAgency(system, {
      code,
      unitCode: UNIT,
      nameVi,
      nameEn,
      kind,
      validFrom: '2025-07-01',
    })
  }
  await saveAgency(system, {
    code: 'hue.dien',
    nameVi: 'Điện lực',
    nameEn: 'Electricity company',
    kind: 'utility',
    validFrom: '2025-07-01',
  })
  await importHamlets(
    system,
    [
      {
        unitCode: UNIT,
        name: 'Phước Yên',
        kind: 'thon',
        lng: 107.51,
        lat: 16.55,
        validFrom: '2025-07-01',
      },
    ],
    { source: 'test' },
  )
  const hamlet = await db.selectFrom('areaHamlet').selectAll().executeTakeFirstOrThrow()
  await saveRoute(system, {
    category: 'road',
    unitCode: UNIT,
    agencyCode: OFFICE,
    dueInWorkingDays: 5,
  })

  const official = async (login: string, more: Partial<Official>): Promise<Official> => {
    const actor = {
      kind: 'official' as const,
      roles: [],
      capabilities: [],
      unitCode: UNIT,
      agencyCode: null,
      ...more,
    }
    const { id } = await createOfficial(system, {
      login,
      displayName: `Cán bộ ${login}`,
      password: 'mot-hai-ba-bon-nam',
      roles: [...actor.roles],
      capabilities: [],
      unitCode: actor.unitCode,
      agencyCode: actor.agencyCode,
    })
    return { ...actor, officialId: id }
  }
  const people = {
    dispatcher: await official('dieuphoi', { roles: ['dispatcher'] }),
    officer: await official('xuly', { roles: ['officer'], agencyCode: OFFICE }),
    police: await official('congan', { roles: ['officer'], agencyCode: POLICE }),
    approver: await official('duyet', { roles: ['approver'] }),
    elsewhere: await official('noikhac', { roles: ['dispatcher'], unitCode: '19789' }),
  }

  const input = (more: Partial<CreateIncident> = {}): CreateIncident => ({
    category: 'road',
    description: 'Ổ gà sâu trước chợ, xe máy té',
    place: { source: 'pin', ...INSIDE, unitCode: UNIT },
    consentVersion: 1,
    ...more,
  })
  const nobody = () => as({ kind: 'anonymous' })
  const report = (more: Partial<CreateIncident> = {}) => createIncident(nobody(), input(more))
  /** A report from a chat, so that steps have somebody to be told to. */
  const reportFromChat = async (more: Partial<CreateIncident> = {}, chatKey = 'chat-1') => {
    const resident = await residentForChat(nobody(), {
      channel: 'telegram',
      chatKey,
      language: 'vi',
    })
    const ctx = as({ kind: 'resident', residentId: resident.id })
    const created = await createIncident(ctx, input(more), {
      channel: 'telegram',
      residentId: resident.id,
      conversationKey: chatKey,
    })
    return { ...created, residentId: resident.id }
  }
  const rowOf = (publicCode: string) =>
    db
      .selectFrom('incident')
      .selectAll()
      .where('publicCode', '=', publicCode)
      .executeTakeFirstOrThrow()
  /** A move at the version that stands in the database. */
  const move = async (actor: Actor, publicCode: string, one: OfficialMove) => {
    const { id, version } = await rowOf(publicCode)
    return moveIncident(as(actor), { id, version, move: one })
  }
  const photo = async (actor: Actor, conversationKey?: string) =>
    uploadMedia(as(actor), { bytes: jpeg, conversationKey })

  /** Walks a fresh report to a state by the shortest way. */
  const walkTo = async (publicCode: string, state: 'accepted' | 'in_progress' | 'answered') => {
    await move(people.dispatcher, publicCode, { kind: 'accept' })
    if (state === 'accepted') return
    await move(people.dispatcher, publicCode, { kind: 'assign', agencyCode: OFFICE })
    await move(people.officer, publicCode, { kind: 'start' })
    if (state === 'in_progress') return
    await move(people.officer, publicCode, {
      kind: 'answer',
      text: 'Đã vá ổ gà',
      mediaIds: [],
      noProofReason: 'Làm ban đêm',
    })
  }

  const told = async (chatKey = 'chat-1') => {
    const rows = await db
      .selectFrom('outbox')
      .select('message')
      .where('chatKey', '=', chatKey)
      .orderBy('id')
      .execute()
    return rows.map((row) => JSON.stringify(row.message))
  }
  const audited = async () => {
    const rows = await db.selectFrom('audit').selectAll().orderBy('seq').execute()
    return rows.filter((row) => row.subjectKind === 'incident')
  }
  return {
    db,
    clock,
    ports,
    as,
    nobody,
    system,
    hamlet,
    ...people,
    input,
    report,
    reportFromChat,
    rowOf,
    move,
    photo,
    walkTo,
    told,
    audited,
  }
}

export type Commune = Awaited<ReturnType<typeof openCommune>>
