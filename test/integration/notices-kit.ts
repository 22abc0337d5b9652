import type { Actor, Db, Role } from '../../api/context.ts'
import { runDispatches } from '../../api/rooms/delivery/index.ts'
import {
  createOfficial,
  type OfficialActor,
  seedConsentTexts,
} from '../../api/rooms/identity/index.ts'
import {
  draftNotice,
  listNotices,
  moveNotice,
  type NoticeInput,
  type NoticeMove,
  sendDue,
} from '../../api/rooms/notices/index.ts'
import { testClock } from '../harness.ts'
import { openPeople, UNIT } from './delivery-kit.ts'

export const HOUR_MS = 3_600_000

/** A commune's desk for notices over one database: who writes, who releases, and people who hear. */
export async function openNotices(db: Db) {
  const clock = testClock()
  const people = openPeople(db, clock)
  const system = people.as()
  await seedConsentTexts(db, clock.now())
  const official = async (login: string, roles: Role[], unitCode: string | null = UNIT) => {
    const { id } = await createOfficial(system, {
      login: `canbo.${login}`,
      displayName: `Cán bộ ${login}`,
      password: 'mot-hai-ba-bon-nam',
      ...{ roles, capabilities: [], unitCode, agencyCode: null },
    })
    const actor: OfficialActor = {
      kind: 'official',
      officialId: id,
      ...{ roles, capabilities: [], unitCode, agencyCode: null },
    }
    return people.as(actor)
  }
  const writer = await official('an', ['dispatcher'])
  const approver = await official('khoi', ['approver'])
  const later = (hours: number) => new Date(clock.now().getTime() + hours * HOUR_MS).toISOString()
  const input = (more: Partial<NoticeInput> = {}): NoticeInput => ({
    unitCode: UNIT,
    kind: 'utilities',
    titleVi: 'Tạm ngừng cấp nước Thạch Bình',
    titleEn: 'Water cut in Thạch Bình',
    bodyVi: 'Nước máy ngừng từ 08:00 đến 16:00.',
    bodyEn: 'Tap water is off from 08:00 to 16:00.',
    ...{ issuer: 'UBND xã Quảng Điền', signer: 'Phan Đình Khôi', documentNo: '45/TB-UBND' },
    area: { places: [{ unitCode: UNIT }] },
    expiresAt: later(48),
    ...more,
  })
  const rowOf = (id: string) =>
    db.selectFrom('notice').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const move = async (ctx: typeof writer, id: string, to: NoticeMove, reason?: string) =>
    moveNotice(ctx, {
      ...{ id, move: to, version: (await rowOf(id)).version },
      ...(reason === undefined ? {} : { reason }),
    })
  const propose = async (more: Partial<NoticeInput> = {}) => {
    const { id } = await draftNotice(writer, input(more))
    await move(writer, id, 'propose')
    return id
  }
  /** Written by one, released by the other. */
  const release = async (more: Partial<NoticeInput> = {}) => {
    const id = await propose(more)
    await move(approver, id, 'release')
    return id
  }
  /** Everything in the background, until nothing is left to do. */
  const settle = async () => {
    for (let i = 0; i < 20; i++)
      if ((await sendDue(system)) + (await runDispatches(system)) === 0) return
  }
  /** The channels answer for everything that is on its way. */
  const channelsAnswer = (state: 'sent' | 'rejected' = 'sent') =>
    db
      .updateTable('outbox')
      .set({ state, settledAt: clock.now() })
      .where('state', '=', 'queued')
      .execute()
  const heard = async (chatKey: string) =>
    (
      await db
        .selectFrom('outbox')
        .select('message')
        .where('chatKey', '=', chatKey)
        .where('state', '!=', 'expired')
        .orderBy('id')
        .execute()
    ).map(({ message }) => JSON.stringify(message))
  const listed = async () => (await listNotices(people.nobody(), {})).notices
  const as = (actor: Actor) => people.as(actor)
  return {
    ...{ as, clock, db, people, system, official, writer, approver, input, later, move, propose },
    ...{ release, settle, channelsAnswer, heard, listed, rowOf },
  }
}

export const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  )
