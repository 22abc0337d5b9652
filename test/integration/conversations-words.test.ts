import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import { newPublicCode } from '../../api/core/ids.ts'
import { keepMisread, purgeMisread } from '../../api/rooms/conversations/index.ts'
import {
  dropMisread,
  explainMisread,
  exportMisread,
  listMisread,
} from '../../api/rooms/conversations/words/service.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { openChat, seed } from './chat-kit.ts'
import { type Commune, openCommune } from './incidents-kit.ts'

let test: TestDb
let c: Commune
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
})
afterAll(() => test.close())

const read = { language: 'vi', guess: 'procedure', confidence: 0.4 } as const
const keep = (words: string) => keepMisread(c.system, { words, ...read })
const open = async () => (await listMisread(c.as(c.dispatcher), 'open')).items
const audits = (action: string) =>
  test.db.selectFrom('audit').selectAll().where('action', '=', action).execute()

describe('words that were not understood', () => {
  it('are one row that counts, however often they come; signs and long stories are not kept', async () => {
    await keep('cái nớ   là răng')
    await keep('cái nớ là răng')
    await keep('???')
    await keep('dài '.repeat(200))
    expect(await open()).toMatchObject([{ words: 'cái nớ là răng', times: 2, guess: 'procedure' }])
    expect((await listMisread(c.as(c.dispatcher), 'open')).open).toBe(1)
  })

  it('are explained, again too, and leave the open list; each time is audited without the words', async () => {
    await keep('cái nớ là răng')
    const at = c.as(c.dispatcher)
    const id = (await open())[0]?.id ?? ''
    await explainMisread(at, id, { intent: 'help' })
    await explainMisread(at, id, { intent: 'report_incident', category: 'road' })
    expect(await open()).toEqual([])
    const { items } = await listMisread(at, 'explained')
    expect(items).toMatchObject([{ intent: 'report_incident', category: 'road' }])
    const rows = await audits('conversations.explain')
    expect(rows).toHaveLength(2)
    expect(JSON.stringify(rows)).not.toContain('răng')
    await keep('cái nớ là răng')
    expect(await open()).toEqual([])
  })

  it('put aside teach nothing and are not exported', async () => {
    await keep('abc xyz')
    await keep('đèn nhà tui')
    const at = c.as(c.dispatcher)
    for (const { id, words } of await open())
      await (words === 'abc xyz'
        ? dropMisread(at, id)
        : explainMisread(at, id, { intent: 'report_incident', category: 'lighting' }))
    expect(await exportMisread(at)).toBe(
      '# style | intent | category or - | message, masked\nchat | report_incident | lighting | đèn nhà tui\n',
    )
    expect(await audits('conversations.put_aside')).toHaveLength(1)
    expect(await audits('conversations.export_misread')).toMatchObject([{ data: { count: 1 } }])
  })

  it('only a report has a category, and no other intents are known', async () => {
    await keep('cái nớ là răng')
    const at = c.as(c.dispatcher)
    const id = (await open())[0]?.id ?? ''
    await expect(explainMisread(at, id, { intent: 'help', category: 'road' })).rejects.toThrow()
    await expect(explainMisread(at, id, { intent: 'x' as 'help' })).rejects.toThrow()
    expect(await open()).toHaveLength(1)
  })

  it('are for dispatchers and editors; a wrong id leads nowhere', async () => {
    await keep('cái nớ là răng')
    const id = (await open())[0]?.id ?? ''
    const editor: Actor = { ...c.officer, capabilities: ['editor'] }
    expect((await listMisread(c.as(editor), 'open')).items).toHaveLength(1)
    const nobodys: Actor[] = [c.officer, c.approver, { kind: 'anonymous' }]
    for (const actor of nobodys) {
      const at = c.as(actor)
      for (const tried of [
        listMisread(at, 'open'),
        explainMisread(at, id, { intent: 'help' }),
        dropMisread(at, id),
        exportMisread(at),
      ])
        await expect(tried).rejects.toThrow(/http\.(forbidden|unauthenticated)/)
    }
    for (const wrong of ['', 'x', crypto.randomUUID()])
      await expect(dropMisread(c.as(c.dispatcher), wrong)).rejects.toThrow('http.not_found')
    expect(await open()).toHaveLength(1)
  })

  it('go after 90 days, explained ones after a year, counted from the last time', async () => {
    await keep('một')
    await keep('hai')
    const two = (await open()).find(({ words }) => words === 'hai')
    await explainMisread(c.as(c.dispatcher), two?.id ?? '', { intent: 'help' })
    const day = 24 * 3_600
    c.clock.advance(80 * day)
    await keep('ba')
    c.clock.advance(11 * day)
    expect(await purgeMisread(c.system)).toBe(1)
    expect(await open()).toMatchObject([{ words: 'ba' }])
    c.clock.advance(280 * day)
    expect(await purgeMisread(c.system)).toBe(2)
  })
})

describe('a chat', () => {
  it('leaves the words of somebody who was not understood, and nothing of them', async () => {
    await seed(c.system)
    const { type } = openChat(c.system)
    const code = newPublicCode((length) => new Uint8Array(length).fill(7))
    await type(
      `ông Nguyễn Văn Tám nói cái nớ ${code} hay 000.00.09.H57-230215-0012 chi đó, 0905123456, blah blah`,
    )
    await type('gió tím bơ trộn')
    const rows = await test.db.selectFrom('misread').selectAll().execute()
    // An id and a measure are numbers of nobody, and may look like anything.
    const kept = JSON.stringify(rows.map(({ id, confidence, ...said }) => said))
    for (const secret of ['Tám', code, code.slice(4), 'H57', '0012', '0905', '123456', '42'])
      expect(kept).not.toContain(secret)
    expect(rows.map(({ words }) => words)).toContain('gió tím bơ trộn')
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(
      'category confidence firstOn guess id intent language lastOn settledAt times words'.split(
        ' ',
      ),
    )
  })

  it('keeps nothing of what it understood', async () => {
    await seed(c.system)
    const { type } = openChat(c.system)
    await type('hotline')
    await type('xin chào')
    expect(await test.db.selectFrom('misread').selectAll().execute()).toEqual([])
  })
})
