import { describe, expect, it } from 'vitest'
import { asKey } from '../../../../locales/index.ts'
import { testTranslators } from '../../../../test/harness.ts'
import { advance, type EngineContext, startFlow } from '../../../chat/engine.ts'
import type { Advanced, Flow, FlowData } from '../../../chat/flow.ts'
import { type Content, type Facts, NO_FACTS, type PlaceFact } from '../../../chat/inbound.ts'
import { wordKey } from '../../../chat/match.ts'
import { toPlainText } from '../../../chat/plain-text.ts'
import type { ReportData } from './data.ts'
import { reportFlow } from './report.ts'

const t = testTranslators('vi')
const hamlet: PlaceFact = {
  label: 'thôn Phước Yên',
  hamletId: '0190a000-0000-7000-8000-000000000001',
  unitCode: '19867',
  at: { lng: 107.53, lat: 16.53 },
  exact: true,
}
const commune: PlaceFact = { label: 'xã Quảng Điền', unitCode: '19867', exact: true }
const ward: PlaceFact = { label: 'phường Thuận Hóa', unitCode: '19789', exact: true }
const FACTS: Facts = { ...NO_FACTS, hamlets: [hamlet] }
const consent = { version: 1, given: false, body: 'Đoạn văn' }

/** A chat that presses buttons by their bare id and speaks freely. */
function chat(known: FlowData, language: 'vi' | 'en' = 'vi') {
  const translate = testTranslators(language)
  let turn = 0
  const ctx = (facts: Facts): EngineContext => ({
    t: (key, params) => translate(asKey(key), params),
    now: new Date('2026-11-23T02:00:00Z'),
    facts,
    turn,
    known,
  })
  let now: Advanced = startFlow(reportFlow as Flow, known, ctx(FACTS))
  const step = (content: Content, facts: Partial<Facts> = {}) => {
    if (now.state === null) throw new Error('the chat has ended')
    turn += 1
    now = advance(reportFlow as Flow, now.state, content, ctx({ ...FACTS, ...facts }))
    return now
  }
  return {
    step,
    press: (id: string, facts?: Partial<Facts>) =>
      step({ kind: 'choice', id: `report:${turn + 1}:${id}` }, facts),
    type: (text: string, facts?: Partial<Facts>) => step({ kind: 'text', text }, facts),
    at: () => now.state?.step,
    data: () => (now.done ?? now.state?.data) as ReportData,
    isDone: () => now.done !== undefined,
    said: () => now.say.map((message) => toPlainText(message)).join('\n'),
    labels: () => now.say.flatMap((m) => m.choices ?? []).map((c) => c.label),
    choices: () => now.say.flatMap((m) => m.choices ?? []).map((c) => c.id.split(':')[2]),
  }
}

describe('report by chat', () => {
  it('"nuoc vo nha roi" reaches its end in four turns, with the numbers to call first', () => {
    const c = chat({ consent, category: 'flood', description: 'nuoc vo nha roi' })
    expect(c.at()).toBe('consent')
    expect(c.said().indexOf('112')).toBeGreaterThanOrEqual(0)
    expect(c.said().indexOf('112')).toBeLessThan(c.said().indexOf('Người xử lý'))
    c.press('agree')
    expect([c.at(), c.choices()]).toEqual(['place', [`h.${hamlet.hamletId}`]])
    c.press(`h.${hamlet.hamletId}`)
    expect(c.at()).toBe('review')
    c.press('send')
    expect(c.isDone()).toBe(true)
    expect(c.data()).toMatchObject({ isUrgent: true, category: 'flood', consentVersion: 1 })
    expect(c.data().place).toMatchObject({ source: 'hamlet', hamletId: hamlet.hamletId })
  })

  it('what the opening words say is not asked again and shown before it is sent', () => {
    const c = chat({
      consent: { ...consent, given: true },
      category: 'flood',
      description: 'kiệt 15/15 Đống Đa ngập tới gối, nhà 4 người có mệ già',
      places: [ward],
      found: { address: 'kiệt 15/15 Đống Đa', depthCm: 50 },
      people: 4,
      vulnerable: ['elderly'],
      urgency: 'urgent',
    })
    expect(c.at()).toBe('review')
    expect(c.data().place).toMatchObject({ source: 'address', words: 'kiệt 15/15 Đống Đa' })
    for (const shown of ['phường Thuận Hóa: kiệt 15/15 Đống Đa', '50 cm', '4 người', 'người già'])
      expect(c.said()).toContain(shown)
  })

  it('an address without its commune waits for it, and is not asked again', () => {
    const known = {
      consent: { ...consent, given: true },
      category: 'lighting',
      description: 'đèn kiệt 93 An Dương Vương tắt',
      found: { address: 'kiệt 93 An Dương Vương' },
    }
    for (const answer of [
      (c: ReturnType<typeof chat>) => c.press(`h.${hamlet.hamletId}`),
      (c: ReturnType<typeof chat>) => c.type('phuoc yen', { places: [hamlet] }),
    ]) {
      const c = chat(known)
      expect(c.at()).toBe('place')
      answer(c)
      expect(c.data().place).toMatchObject({ label: hamlet.label, words: 'kiệt 93 An Dương Vương' })
    }
  })

  it('what is malformed is as if nothing had been read', () => {
    for (const found of [7, [], { depthCm: 'x', address: 3 }])
      expect(chat({ consent, found, people: -1, vulnerable: 'a' }).data().found).toEqual({
        depthCm: null,
        people: null,
        vulnerable: [],
      })
  })

  it('works by numbers and words alone, for channels without buttons', () => {
    const c = chat({ consent })
    c.type('1')
    c.type('Đường sá')
    c.type('phuoc yen', { places: [hamlet] })
    c.type('o ga giua duong, xe ngã')
    c.type('bỏ qua')
    expect(c.at()).toBe('review')
    c.type('gui')
    expect(c.isDone()).toBe(true)
    expect(c.data()).toMatchObject({ category: 'road', description: 'o ga giua duong, xe ngã' })
  })

  it('who does not agree is asked nothing more and leaves nothing behind', () => {
    const c = chat({ consent, category: 'road', description: 'ổ gà trước trường' })
    c.press('decline')
    expect(c.isDone()).toBe(true)
    expect(c.data()).toMatchObject({ hasDeclined: true, consentVersion: null })
  })

  it('the whole consent text is one choice away, and reading it is not agreeing', () => {
    const c = chat({ consent, category: 'road', description: 'ổ gà trước trường' })
    expect(c.said()).not.toContain('Đoạn văn')
    c.press('full')
    expect(c.said()).toContain('Đoạn văn')
    expect([c.at(), c.data().consentVersion]).toEqual(['consent', null])
    c.press('agree')
    expect(c.data().consentVersion).toBe(1)
  })

  it('silence is no consent: anything but a clear yes asks again', () => {
    const c = chat({ consent })
    for (const answer of ['ừm', 'đường hư', '3']) c.type(answer)
    expect(c.at()).toBe('consent')
  })

  it('a plain yes or no is as good as the button', () => {
    for (const [answer, at] of [
      ['dạ', 'category'],
      ['Ok.', 'category'],
      ['ko', undefined],
    ] as const) {
      const c = chat({ consent })
      c.type(answer)
      expect(c.at()).toBe(at)
    }
  })

  it('photos and a pin that come before the consent are not lost, and are no consent', () => {
    const c = chat({ consent, mediaIds: ['a'], category: 'road', description: 'ổ gà trước trường' })
    c.step({ kind: 'photo', mediaIds: ['b'] })
    c.step({ kind: 'location', at: { lng: 107.5, lat: 16.5 } }, { places: [commune, ward] })
    expect([c.at(), c.data().consentVersion]).toEqual(['consent', null])
    c.press('agree')
    expect([c.at(), c.data().mediaIds]).toEqual(['place_choice', ['a', 'b']])
  })

  it('two words of danger are story enough', () => {
    const c = chat({ consent, category: 'other', description: 'cứu với', urgency: 'urgent' })
    c.press('agree')
    c.type('thôn Phước Yên')
    c.press('send')
    expect([c.isDone(), c.data().description]).toEqual([true, 'cứu với'])
  })

  it('a place that may be several is asked for, never guessed', () => {
    const c = chat({ category: 'road', description: 'ổ gà trước trường' })
    c.type('thuận', { places: [commune, ward] })
    expect([c.at(), c.choices()]).toEqual(['place_choice', ['c.0', 'c.1', 'other']])
    c.press('c.1')
    expect(c.data().place).toMatchObject({ source: 'name', unitCode: '19789' })
    expect(c.at()).toBe('photos')
  })

  it('own words of a place are kept when they say more than its name', () => {
    const words = (typed: string) => {
      const c = chat({ category: 'road' })
      c.type(typed, { places: [hamlet] })
      return c.data().place?.words
    }
    expect(words('phuoc yen')).toBe(undefined)
    expect(words('trước cổng chùa Phước Yên')).toBe('trước cổng chùa Phước Yên')
  })

  it('words instead of a photo are added to the story and shown, "no photo" is not', () => {
    for (const [words, story] of [
      ['hư từ bữa tê tới chừ', 'ổ gà trước trường\như từ bữa tê tới chừ'],
      ['không có ảnh mô', 'ổ gà trước trường'],
    ]) {
      const c = chat({ category: 'road', description: 'ổ gà trước trường' })
      c.type('thôn Phước Yên')
      c.type(words ?? '')
      expect([c.at(), c.data().description]).toEqual(['review', story])
    }
  })

  it('one word of a label names its category, unless several have it', () => {
    const c = chat({})
    c.type('nước')
    expect(c.data().category).toBeNull()
    c.type('đèn')
    expect(c.data().category).toBe('lighting')
  })

  it('a number is no story', () => {
    const c = chat({ category: 'road', places: [hamlet] })
    c.type('1')
    expect(c.at()).toBe('description')
  })

  it('a single but uncertain place is asked back', () => {
    const c = chat({ category: 'road', description: 'ổ gà trước trường' })
    c.type('quang dien', { places: [{ ...commune, exact: false }] })
    expect(c.at()).toBe('place_choice')
    c.press('other')
    expect(c.at()).toBe('place')
  })

  it('places in the opening words are taken when certain, asked when not', () => {
    const known = { category: 'flood', description: 'ngập đường ở Phước Yên' }
    expect(chat({ ...known, places: [hamlet] }).at()).toBe('photos')
    expect(chat({ ...known, places: [commune, ward] }).at()).toBe('place_choice')
  })

  it('a pin outside the province is refused with words, and the question stays', () => {
    const c = chat({ category: 'road' })
    const before = c.said()
    c.step({ kind: 'location', at: { lng: 106.7, lat: 10.8 } }, { outsideProvince: true })
    expect(c.at()).toBe('place')
    expect(c.said()).not.toBe(before)
  })

  it('a pin keeps its own point, whatever its unit’s centre is', () => {
    const c = chat({ category: 'road' })
    c.step({ kind: 'location', at: { lng: 107.5111, lat: 16.5111 } }, { places: [commune] })
    expect(c.data().place).toMatchObject({ source: 'pin', lng: 107.5111, lat: 16.5111 })
  })

  it('photos are welcome at any question, five at most, and more than five is said', () => {
    const c = chat({ category: 'road' })
    const photo = (...mediaIds: string[]) => c.step({ kind: 'photo', mediaIds })
    photo('1', '2')
    expect(c.at()).toBe('place')
    c.type('phuoc yen', { places: [hamlet] })
    c.type('ổ gà sâu trước chợ')
    expect(c.at()).toBe('review')
    photo('2', '3', '4', '5', '6')
    expect([c.at(), c.data().mediaIds]).toEqual(['review', ['1', '2', '3', '4', '5']])
    expect(c.said()).toContain(t('incidents:ask.photos.full', { max: 5 }))
  })

  it('each part can be changed at the review, and the review comes back', () => {
    const c = chat({
      category: 'road',
      places: [hamlet],
      description: 'ổ gà sâu trước chợ',
      mediaIds: ['1'],
    })
    expect(c.at()).toBe('review')
    c.press('edit_category')
    c.press('more')
    c.press('other')
    c.press('edit_place')
    c.type('x', { places: [ward] })
    c.press('edit_description')
    c.type('cây đổ chắn đường')
    c.press('edit_photos')
    c.press('clear')
    c.press('skip')
    c.press('edit_identity')
    expect(c.at()).toBe('review')
    expect(c.data()).toMatchObject({
      category: 'other',
      description: 'cây đổ chắn đường',
      mediaIds: [],
      hidesIdentity: false,
    })
    expect(c.data().place?.unitCode).toBe('19789')
  })

  it('a text beyond the limit is refused before it is sent', () => {
    const c = chat({ category: 'road', places: [hamlet] })
    c.type('a'.repeat(4_001))
    expect(c.at()).toBe('description')
    c.type('a'.repeat(4_000))
    expect(c.at()).toBe('photos')
  })

  it('danger that is told later brings the numbers before the next question', () => {
    const c = chat({ category: 'electricity', places: [hamlet] })
    expect(c.said()).not.toContain('114')
    c.type('dây điện đứt rơi xuống đường')
    expect(c.at()).toBe('review')
    expect(c.said().indexOf('114')).toBeLessThan(c.said().indexOf(t('incidents:review.title')))
    expect(c.data().isUrgent).toBe(true)
  })

  it('identity is kept confidential unless the sender changes that', () => {
    expect(chat({}).data().hidesIdentity).toBe(true)
  })

  it.each(['vi', 'en'] as const)(
    'labels of one question are told apart and fit a button (%s)',
    (language) => {
      const c = chat({ consent }, language)
      const check = () => {
        const labels = c.labels()
        expect(new Set(labels.map(wordKey)).size).toBe(labels.length)
        // What Zalo and Telegram show in one line of two columns at 360 px.
        expect(labels.filter((label) => label.length > 24)).toEqual([])
      }
      for (const press of ['agree', 'more', 'other', `h.${hamlet.hamletId}`]) {
        check()
        c.press(press)
      }
      c.type('cây đổ chắn đường')
      check()
      c.press('skip')
      expect(c.at()).toBe('review')
      check()
    },
  )
})
