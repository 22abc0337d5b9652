import { say } from '../../api/chat/message.ts'
import type { Actor, Ctx, Db } from '../../api/context.ts'
import {
  createDispatch,
  getDispatchProgress,
  type Kind,
  type NewDispatch,
  planDispatch,
  subscribe,
  type Topic,
} from '../../api/rooms/delivery/index.ts'
import { giveConsent, residentForChat, seedConsentTexts } from '../../api/rooms/identity/index.ts'
import { type TestClock, testClock, testCtx, testPorts } from '../harness.ts'

/** Quảng Điền, where the demonstration takes place, and Phú Xuân. */
export const UNIT = '19867'
export const OTHER_UNIT = '19753'

export type Chat = { channel: string; chatKey: string }

/** People, their chats and topics over one database; ports are shared, so that codes verify. */
export function openPeople(db: Db, clock: TestClock) {
  const ports = testPorts()
  let n = 0
  const as = (actor?: Actor, language: 'vi' | 'en' = 'vi'): Ctx =>
    testCtx(db, { clock, ports, language, ...(actor === undefined ? {} : { actor }) })
  const self = (residentId: string) => as({ kind: 'resident', residentId })
  const nobody = () => as({ kind: 'anonymous' })
  const person = async (chat: Partial<Chat> & { language?: 'vi' | 'en' } = {}) => {
    const { channel = 'telegram', chatKey = `chat-${++n}`, language = 'vi' } = chat
    const { id } = await residentForChat(as(), { channel, chatKey, language })
    return { id, chat: { channel, chatKey } }
  }
  const consents = (residentId: string) =>
    giveConsent(as(), { residentId, purpose: 'notify', version: 1, channel: 'telegram' })
  /** A person who subscribes to these topics. */
  const subscriber = async (
    topics: readonly Topic[],
    chat: Parameters<typeof person>[0] = {},
  ): Promise<{ id: string; chat: Chat }> => {
    const made = await person(chat)
    await consents(made.id)
    for (const topic of topics) await subscribe(as(), { residentId: made.id, topic })
    return made
  }
  /** One more chat of the same person. */
  const addChat = async (residentId: string, { channel, chatKey }: Chat): Promise<void> => {
    const at = clock.now()
    await db
      .insertInto('channelLink')
      .values({
        id: as().newId(),
        residentId,
        channel,
        chatKey,
        state: 'active',
        createdAt: at,
        updatedAt: at,
      })
      .execute()
  }
  return { as, self, nobody, person, consents, subscriber, addChat }
}

/** People around one hamlet, and dispatches to them. */
export async function openDispatches(db: Db) {
  const clock = testClock()
  await seedConsentTexts(db, clock.now())
  const people = openPeople(db, clock)
  const hamletId = people.as().newId()
  const row = { unitCode: UNIT, folded: 'x', kind: 'thon', source: 'test' } as const
  const validFrom = '2025-07-01'
  await db
    .insertInto('areaHamlet')
    .values({ id: hamletId, name: 'Phước Yên', validFrom, ...row })
    .execute()
  let subjects = 0
  const create = (more: Partial<NewDispatch> = {}) =>
    createDispatch(people.as(), {
      subject: { kind: 'notice', id: `n${++subjects}` },
      lane: 'notice',
      audience: { kind: 'notices', places: [{ unitCode: UNIT }] },
      message: (language) => say(`${language}: water is off`),
      ...more,
    })
  const plan = (dispatchId: string) => planDispatch(people.as(), { dispatchId })
  const progress = (dispatchId: string) => getDispatchProgress(people.as(), { dispatchId })
  return { clock, people, hamletId, create, plan, progress }
}

/** The topic of a kind in Quảng Điền. */
export const unit = (kind: Topic['kind'] = 'notices'): Topic => ({ kind, unitCode: UNIT })

/** A message as a room would ask for it. */
export const news = (residentId: string, dedupeKey: string, kind: Kind = 'incident_step') => ({
  residentId,
  kind,
  lane: 'reply' as const,
  message: (language: 'vi' | 'en') => say(`${language}: ${dedupeKey}`),
  dedupeKey,
})

export const auditActions = async (db: Db, prefix = 'delivery.'): Promise<string[]> => {
  const rows = await db.selectFrom('audit').select('action').orderBy('seq').execute()
  return rows.map(({ action }) => action).filter((action) => action.startsWith(prefix))
}

export const outboxRows = (db: Db) => db.selectFrom('outbox').selectAll().orderBy('id').execute()
export const inboxRows = (db: Db) => db.selectFrom('inboxItem').selectAll().orderBy('id').execute()
