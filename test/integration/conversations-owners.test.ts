import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { followIdentity } from '../../api/rooms/conversations/index.ts'
import {
  eraseResident,
  joinByCode,
  linkCode,
  residentForChat,
  unlink,
} from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestDb, testClock } from '../harness.ts'
import { openChat, seed } from './chat-kit.ts'
import { openPeople } from './delivery-kit.ts'

let test: TestDb
let people: ReturnType<typeof openPeople>
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  people = openPeople(test.db, testClock())
  await seed(people.as())
})
afterAll(() => test.close())

const CHAT = { channel: 'telegram', chatKey: '42' } as const
const conversation = () =>
  test.db.selectFrom('conversation').selectAll().where('chatKey', '=', '42').executeTakeFirst()
const bodies = async () =>
  (await test.db.selectFrom('inboundEvent').selectAll().execute()).map(({ body, answer }) => [
    body,
    answer,
  ])
const forgotten = async () =>
  (await test.db.selectFrom('audit').select('action').execute()).filter(
    ({ action }) => action === 'conversations.forgotten',
  ).length

/** A person with an open flow in their chat, and a photo that was sent there. */
async function inFlow() {
  const chat = openChat(people.as())
  const { id } = await residentForChat(people.as(), { ...CHAT, language: 'vi' })
  await chat.type('gửi phản ánh')
  await test.db
    .insertInto('media')
    .values({
      id: people.as().newId(),
      ownerKind: 'conversation',
      ownerId: CHAT.chatKey,
      state: 'ready',
      storageKey: 'k',
      thumbKey: null,
      contentType: 'image/jpeg',
      bytes: 1,
      widthPx: 1,
      heightPx: 1,
      sha256: 'x',
      takenAt: null,
      takenLng: 107.5,
      takenLat: 16.5,
      attachedTo: null,
      publishedAt: null,
      createdAt: people.as().now(),
    })
    .execute()
  expect(await conversation()).toMatchObject({ residentId: id, state: { flow: 'sample' } })
  return { id, chat }
}

describe('a chat follows its person', () => {
  it('into whom they were joined, with the open flow; at once when it speaks', async () => {
    const { id: from, chat } = await inFlow()
    const { id: into } = await people.person({ channel: 'zalo-oa', chatKey: 'z' })
    const { code } = await linkCode(people.as(), { residentId: into })
    await joinByCode(people.nobody(), { ...CHAT, code })
    expect((await conversation())?.residentId).toBe(from)
    await chat.type('x')
    expect(await conversation()).toMatchObject({ residentId: into, state: { flow: 'sample' } })
  })

  it('by the event too, once however often it is followed', async () => {
    await inFlow()
    const { id: into } = await people.person({ channel: 'zalo-oa', chatKey: 'z' })
    const { code } = await linkCode(people.as(), { residentId: into })
    await joinByCode(people.nobody(), { ...CHAT, code })
    expect(await followIdentity(people.as())).toBe(1)
    expect(await followIdentity(people.as())).toBe(0)
    expect(await conversation()).toMatchObject({ residentId: into, state: { flow: 'sample' } })
  })

  it('and is let go when it was taken away: no flow, no person; words stay for repeats', async () => {
    const { id } = await inFlow()
    await unlink(people.self(id), CHAT)
    await followIdentity(people.as())
    expect(await conversation()).toMatchObject({ residentId: null, state: null })
    expect((await bodies())[0]?.[0]).not.toBeNull()
    expect(await forgotten()).toBe(0)
  })
})

describe('erasure', () => {
  const isForgotten = async () => {
    expect(await conversation()).toMatchObject({ residentId: null, state: null })
    expect((await bodies())[0]).toEqual([null, null])
    const [media] = await test.db.selectFrom('media').selectAll().execute()
    expect(media).toMatchObject({ ownerKind: 'anonymous', ownerId: '', takenLng: null })
    expect(await forgotten()).toBe(1)
  }

  it('takes words, answers, the flow and the owner of photos; again changes nothing', async () => {
    const { id } = await inFlow()
    await eraseResident(people.self(id), id)
    await followIdentity(people.as())
    await followIdentity(people.as())
    await isForgotten()
  })

  it('is not outrun by the next message of the chat', async () => {
    const { id, chat } = await inFlow()
    await eraseResident(people.self(id), id)
    await chat.type('chào')
    await followIdentity(people.as())
    await isForgotten()
  })
})
