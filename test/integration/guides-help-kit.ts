import type { Actor, Capability, Ctx } from '../../api/context.ts'
import { importHamlets, listHamlets } from '../../api/rooms/areas/index.ts'
import { askHelp } from '../../api/rooms/guides/help/service/ask.ts'
import { seedLessons } from '../../api/rooms/guides/index.ts'
import {
  createOfficial,
  residentForChat,
  seedConsentTexts,
} from '../../api/rooms/identity/index.ts'
import { type TestDb, testClock, testCtx } from '../harness.ts'

const UNIT = '19867'
export const agreed = { version: 1, channel: 'telegram' }

/** A commune with two hamlets, its lessons, a team of two and whoever asks. */
export async function openHelp({ db }: TestDb) {
  const clock = testClock()
  const as = (actor: Actor): Ctx => testCtx(db, { actor, clock })
  const system = as({ kind: 'system', name: 'test' })
  await seedConsentTexts(db, clock.now())
  await seedLessons(db, clock.now())
  const row = (name: string) => ({
    ...{ name, unitCode: UNIT, kind: 'thon' as const, lng: 107.5, lat: 16.55 },
    validFrom: '2025-07-01',
  })
  await importHamlets(system, ['Niêm Phò', 'Phước Yên'].map(row), { source: 'test' })
  const [first, second] = await listHamlets(db, UNIT)
  if (first === undefined || second === undefined) throw new Error('no hamlets')

  async function official(
    login: string,
    capabilities: Capability[] = ['community_team'],
    unitCode = UNIT,
  ) {
    const more = { roles: ['officer' as const], capabilities, unitCode, agencyCode: null }
    const { id } = await createOfficial(system, {
      ...{ login, displayName: login, password: 'mot-hai-ba-bon-nam', ...more },
    })
    return as({ kind: 'official', officialId: id, ...more })
  }

  async function person(chatKey: string) {
    const chat = { channel: 'telegram', chatKey, language: 'vi' } as const
    const { id: residentId } = await residentForChat(system, chat)
    const ctx = as({ kind: 'resident', residentId })
    const ask = (more: Partial<Parameters<typeof askHelp>[1]> = {}) =>
      askHelp(ctx, {
        ...{ id: crypto.randomUUID(), lessonId: 'vneid-level-2', hamletId: first?.id ?? '' },
        ...{ forWhom: 'relative', preferred: 'morning', place: 'Mệ Gái, sau chợ' },
        ...{ phone: '0905 123 456', residentId, channel: 'telegram', agreed, ...more },
      })
    return { chatKey, residentId, ctx, ask }
  }

  const rows = () => db.selectFrom('helpRequest').selectAll().orderBy('createdAt').execute()
  /** What was sent to a chat, as text, oldest first. */
  const sentTo = async (chatKey: string) => {
    const all = await db.selectFrom('outbox').selectAll().orderBy('createdAt').execute()
    return all
      .filter((one) => one.chatKey === chatKey)
      .map(({ message }) => JSON.stringify(message))
  }
  const audited = (id: string) =>
    db
      .selectFrom('audit')
      .select(['action', 'data'])
      .where('subjectKind', '=', 'help_request')
      .where('subjectId', '=', id)
      .orderBy('seq')
      .execute()
  /** Officials, hamlets and lessons stay: making them anew takes most of a test's time. */
  const forget = async () => {
    await db.deleteFrom('helpRequest').execute()
    await db.deleteFrom('officialChat').execute()
  }
  return {
    forget,
    as,
    system,
    clock,
    hamlets: [first, second],
    official,
    person,
    rows,
    sentTo,
    audited,
  }
}
