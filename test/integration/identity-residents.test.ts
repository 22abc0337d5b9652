import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, Ctx } from '../../api/context.ts'
import { sha256Hex } from '../../api/core/ids.ts'
import { inTransaction } from '../../api/db/transaction.ts'
import { CONSENT_TEXTS } from '../../api/rooms/identity/data/consent-texts.ts'
import {
  actorForSecret,
  currentConsentText,
  eraseResident,
  exportResident,
  giveConsent,
  hasConsent,
  linkFor,
  markLinkGone,
  openResidentSession,
  residentForChat,
  seedConsentTexts,
  withdrawConsent,
} from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestClock, type TestDb, testClock, testCtx } from '../harness.ts'

let test: TestDb
let clock: TestClock
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  clock = testClock()
  await seedConsentTexts(test.db, clock.now())
})
afterAll(() => test.close())

const as = (actor?: Actor): Ctx =>
  testCtx(test.db, { clock, ...(actor === undefined ? {} : { actor }) })
const nobody = () => as({ kind: 'anonymous' })
const self = (residentId: string) => as({ kind: 'resident', residentId })
const CHAT = { channel: 'telegram', chatKey: '5550001', language: 'vi' } as const
const audited = async () => {
  const rows = await test.db.selectFrom('audit').selectAll().orderBy('seq').execute()
  return rows.map((row) => row.action)
}
const events = async () => {
  const rows = await test.db.selectFrom('domainEvent').selectAll().orderBy('seq').execute()
  return rows.map(({ kind, subjectId, data }) => ({ kind, subjectId, data }))
}
const residents = () => test.db.selectFrom('resident').selectAll().execute()

describe('a resident', () => {
  it('comes into being with the first message of a chat and stays the same', async () => {
    const first = await residentForChat(nobody(), CHAT)
    const again = await residentForChat(nobody(), CHAT)
    expect(again).toEqual(first)
    expect(await residents()).toHaveLength(1)
    expect(await audited()).toEqual(['identity.resident_created'])
    const rows = await test.db.selectFrom('audit').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(CHAT.chatKey)
  })

  it('is one when many first messages come at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => residentForChat(nobody(), CHAT)))
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    expect(await residents()).toHaveLength(1)
    expect(await audited()).toEqual(['identity.resident_created'])
  })

  it('is another one in another chat, also under the same key on another channel', async () => {
    const one = await residentForChat(nobody(), CHAT)
    const two = await residentForChat(nobody(), { ...CHAT, channel: 'zalo-oa' })
    const three = await residentForChat(nobody(), { ...CHAT, chatKey: '5550002' })
    expect(new Set([one.id, two.id, three.id]).size).toBe(3)
  })

  it('works inside an open transaction and goes with it', async () => {
    const failed = inTransaction(nobody(), async (tx) => {
      await residentForChat(tx, CHAT)
      throw new Error('stop')
    })
    await expect(failed).rejects.toThrow('stop')
    expect(await residents()).toEqual([])
  })

  it('is spoken to in the language of the last chat', async () => {
    const { id } = await residentForChat(nobody(), CHAT)
    expect(await residentForChat(nobody(), { ...CHAT, language: 'en' })).toMatchObject({
      id,
      language: 'en',
    })
    expect(await linkFor(as(), id)).toMatchObject([{ language: 'en' }])
    expect(await audited()).toContain('identity.language_changed')
  })
})

describe('a link', () => {
  it('that a channel refuses is not offered until the person writes again', async () => {
    const { id } = await residentForChat(nobody(), CHAT)
    const { language: _, ...chat } = CHAT
    expect(await linkFor(as(), id)).toMatchObject([{ ...chat, language: 'vi' }])
    await markLinkGone(as(), chat)
    await markLinkGone(as(), chat)
    expect(await linkFor(as(), id)).toEqual([])
    expect((await audited()).filter((a) => a === 'identity.link_gone')).toHaveLength(1)
    clock.advance(60)
    expect((await residentForChat(nobody(), CHAT)).id).toBe(id)
    expect(await linkFor(as(), id)).toHaveLength(1)
    expect((await audited()).at(-1)).toBe('identity.link_back')
  })

  it('of an unknown chat or person is no error', async () => {
    await markLinkGone(as(), { channel: 'web', chatKey: 'unknown' })
    expect(await linkFor(as(), as().newId())).toEqual([])
    expect(await audited()).toEqual([])
  })
})

describe('consent texts', () => {
  it('are seeded once; a second seeding keeps the day of publication', async () => {
    const before = await currentConsentText(test.db, 'report')
    clock.advance(86_400)
    await seedConsentTexts(test.db, clock.now())
    expect(await currentConsentText(test.db, 'report')).toEqual(before)
    expect(before.publishedAt).toBe('2026-11-23T02:00:00.000Z')
  })

  it('never change once published: new words need a new version', async () => {
    const hashes = await Promise.all(
      CONSENT_TEXTS.map(async (text) => [
        `${text.purpose} ${text.version}`,
        (await sha256Hex(text.bodyVi + text.bodyEn)).slice(0, 16),
      ]),
    )
    expect(hashes).toEqual([
      ['report 1', 'f8a2860c3fc8d9a2'],
      ['notify 1', '51ae8877674891ff'],
      ['help 1', '5f66dc4a1c5ae9e1'],
      ['learn 1', '6180d7cc3d8bfe41'],
    ])
  })

  it('are NFC and in one tone style', () => {
    const newStyle = /(?<![qQ])(o[àáảãạ]|u[ỳýỷỹỵ]|o[èéẻẽẹ])(?!\p{L})/u
    for (const { bodyVi, bodyEn } of CONSENT_TEXTS) {
      expect(bodyVi).toBe(bodyVi.normalize('NFC'))
      expect(bodyVi).not.toMatch(newStyle)
      expect(bodyVi + bodyEn).not.toMatch(/!|\{\{/)
    }
  })

  it('a purpose without a text is not found', async () => {
    await test.db.deleteFrom('consentText').execute()
    await expect(currentConsentText(test.db, 'report')).rejects.toThrow('http.not_found')
  })
})

describe('consent', () => {
  let residentId: string
  beforeEach(async () => {
    residentId = (await residentForChat(nobody(), CHAT)).id
  })
  const gift = (version = 1) => ({
    residentId,
    purpose: 'report' as const,
    version,
    channel: 'telegram',
  })
  const has = () => hasConsent(as(), { residentId, purpose: 'report' })
  const proofs = () => test.db.selectFrom('consent').selectAll().orderBy('id').execute()
  const publish = (version: number) =>
    test.db
      .insertInto('consentText')
      .values({
        purpose: 'report',
        version,
        bodyVi: 'mới',
        bodyEn: 'new',
        publishedAt: clock.now(),
      })
      .execute()

  it('is not there until it is given, and then provable', async () => {
    expect(await has()).toBe(false)
    await giveConsent(self(residentId), gift())
    expect(await has()).toBe(true)
    expect(await proofs()).toMatchObject([
      { residentId, purpose: 'report', version: 1, channel: 'telegram', withdrawnAt: null },
    ])
    expect((await audited()).at(-1)).toBe('identity.consent_given')
  })

  it('given twice, also at once, is one proof', async () => {
    const give = () => giveConsent(self(residentId), gift())
    const all = [...(await Promise.all([give(), give(), give()])), await give()]
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    expect(await proofs()).toHaveLength(1)
    expect((await audited()).filter((a) => a === 'identity.consent_given')).toHaveLength(1)
  })

  it('to a text that is no longer asked, or not yet, is refused with the one to show', async () => {
    await publish(2)
    for (const version of [1, 3]) {
      await expect(giveConsent(self(residentId), gift(version))).rejects.toMatchObject({
        code: 'identity.consent_stale',
        detail: { purpose: 'report', version: 2, body: 'mới' },
      })
    }
    expect(await proofs()).toEqual([])
  })

  it('must be given anew when the text changes, and the older proof is kept', async () => {
    await giveConsent(self(residentId), gift())
    await publish(2)
    expect(await has()).toBe(false)
    clock.advance(60)
    await giveConsent(self(residentId), gift(2))
    expect(await has()).toBe(true)
    expect((await proofs()).map((row) => [row.version, row.withdrawnAt])).toEqual([
      [1, '2026-11-23T02:01:00.000Z'],
      [2, null],
    ])
  })

  it('is taken back at any time; the proof stays and other rooms are told', async () => {
    await giveConsent(self(residentId), gift())
    const wish = { residentId, purpose: 'report' as const }
    expect(await withdrawConsent(self(residentId), wish)).toBe(true)
    expect(await has()).toBe(false)
    expect(await withdrawConsent(self(residentId), wish)).toBe(false)
    expect((await proofs())[0]?.withdrawnAt).toBe('2026-11-23T02:00:00.000Z')
    expect(await events()).toEqual([
      { kind: 'identity.consent_withdrawn', subjectId: residentId, data: { purpose: 'report' } },
    ])
    expect((await audited()).filter((a) => a === 'identity.consent_withdrawn')).toHaveLength(1)
    await giveConsent(self(residentId), gift())
    expect(await has()).toBe(true)
  })

  it('is given and taken back by nobody but the person', async () => {
    const other = self(as().newId())
    const wish = { residentId, purpose: 'report' as const }
    await expect(giveConsent(other, gift())).rejects.toThrow('http.forbidden')
    await expect(giveConsent(nobody(), gift())).rejects.toThrow('http.unauthenticated')
    await expect(withdrawConsent(other, wish)).rejects.toThrow('http.forbidden')
    expect(await proofs()).toEqual([])
  })

  it('is not kept for an unknown purpose or an unknown person', async () => {
    const odd = { ...gift(), purpose: 'adverts' as never }
    await expect(giveConsent(self(residentId), odd)).rejects.toThrow('http.invalid_input')
    const ghost = { ...gift(), residentId: as().newId() }
    await expect(giveConsent(as(), ghost)).rejects.toThrow('http.not_found')
  })
})

describe('a person’s data', () => {
  it('are given to the person: resident, chats, consents; audited', async () => {
    const { id } = await residentForChat(nobody(), CHAT)
    await giveConsent(self(id), { residentId: id, purpose: 'report', version: 1, channel: 'web' })
    const data = await exportResident(self(id), id)
    expect(data).toMatchObject({
      resident: { id, language: 'vi', displayName: null },
      links: [{ channel: 'telegram', chatKey: '5550001', state: 'active' }],
      consents: [{ purpose: 'report', version: 1 }],
    })
    expect((await audited()).at(-1)).toBe('identity.resident_exported')
    await expect(exportResident(nobody(), id)).rejects.toThrow('http.unauthenticated')
    await expect(exportResident(self(as().newId()), id)).rejects.toThrow('http.forbidden')
    const ghost = as().newId()
    await expect(exportResident(as(), ghost)).rejects.toThrow('http.not_found')
  })

  it('are erased: nothing leads to the person any more, the proof of consent stays', async () => {
    const { id } = await residentForChat(nobody(), CHAT)
    await test.db.updateTable('resident').set({ displayName: 'Trần Thị Mận' }).execute()
    await giveConsent(self(id), { residentId: id, purpose: 'report', version: 1, channel: 'web' })
    const { secret } = await openResidentSession(as(), { residentId: id, label: '' })
    await eraseResident(self(id), id)
    expect(await residents()).toMatchObject([
      { id, displayName: null, erasedAt: '2026-11-23T02:00:00.000Z' },
    ])
    expect(await test.db.selectFrom('channelLink').selectAll().execute()).toEqual([])
    expect(await actorForSecret(nobody(), secret, 'bearer')).toBeNull()
    expect(await linkFor(as(), id)).toEqual([])
    expect(await hasConsent(as(), { residentId: id, purpose: 'report' })).toBe(false)
    expect(await test.db.selectFrom('consent').selectAll().execute()).toHaveLength(1)
    expect(await events()).toEqual([{ kind: 'identity.resident_erased', subjectId: id, data: {} }])
  })

  it('erased twice change once, and nobody erases another', async () => {
    const { id } = await residentForChat(nobody(), CHAT)
    await expect(eraseResident(nobody(), id)).rejects.toThrow('http.unauthenticated')
    await expect(eraseResident(self(as().newId()), id)).rejects.toThrow('http.forbidden')
    await eraseResident(self(id), id)
    await eraseResident(self(id), id)
    expect((await audited()).filter((a) => a === 'identity.resident_erased')).toHaveLength(1)
  })

  it('after erasure the same chat is a new person, who has agreed to nothing', async () => {
    const { id } = await residentForChat(nobody(), CHAT)
    await eraseResident(self(id), id)
    const later = await residentForChat(nobody(), CHAT)
    expect(later.id).not.toBe(id)
    const gift = { residentId: id, purpose: 'report', version: 1, channel: 'web' } as const
    await expect(giveConsent(as(), gift)).rejects.toThrow('http.not_found')
    const opened = openResidentSession(as(), { residentId: id, label: '' })
    await expect(opened).rejects.toThrow('http.not_found')
  })
})
