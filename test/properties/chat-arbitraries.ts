import fc from 'fast-check'
import type { Content, Facts, PlaceFact } from '../../api/chat/inbound.ts'
import type { Choice, Message, Part } from '../../api/chat/message.ts'

/** Words that engines trip over: numbers that are none, object keys, marks, commands, halves of pairs. */
const AWKWARD = [
  '',
  ' ',
  '0',
  '1',
  '2',
  '1.',
  '07',
  '1e0',
  '-1',
  '99',
  '100',
  '__proto__',
  'constructor',
  'toString',
  'hủy',
  'Huỷ',
  'THÔI',
  'quay lại',
  'bỏ qua',
  'trợ giúp',
  '?',
  'bắt đầu lại',
  '/start',
  'Thôn Phước Yên',
  'thon phuoc yen',
  'gửi',
  'Đồng ý',
  'ngap o phuoc yen toi goi roi',
  'cứu với',
  'HUE-2222-2222',
  '\ud83d',
  '👨‍👩‍👧',
  '\u200b\u200b',
  'x'.repeat(3000),
  '<b>&amp;"\'`',
]

export const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...AWKWARD) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
)

const at = fc
  .record({
    lng: fc.double({ min: -180, max: 180, noNaN: true }),
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
  })
  // JSON knows no -0.
  .map(({ lng, lat }) => ({ lng: lng + 0, lat: lat + 0 }))

/** A turn as data: content, or the n-th button that is on the screen. */
export type Move = { press: number } | { content: Content }

const content: fc.Arbitrary<Content> = fc.oneof(
  { weight: 6, arbitrary: anyText.map((text): Content => ({ kind: 'text', text })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        '',
        'x',
        'sample:0:road',
        'report:99:send',
        'menu:1:help',
        ':::',
        'a:1:__proto__',
      )
      .map((id): Content => ({ kind: 'choice', id })),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.uuid(), { minLength: 1, maxLength: 4 })
      .map((mediaIds): Content => ({ kind: 'photo', mediaIds, caption: mediaIds[0] ?? '' })),
  },
  { weight: 1, arbitrary: at.map((point): Content => ({ kind: 'location', at: point })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Content>(
      { kind: 'contact', phone: '0' },
      { kind: 'start' },
      { kind: 'start', payload: 'report_incident' },
      { kind: 'unsupported', what: 'sticker' },
    ),
  },
)

export const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.nat(12).map((press): Move => ({ press })) },
  { weight: 4, arbitrary: content.map((c): Move => ({ content: c })) },
)

const place: fc.Arbitrary<PlaceFact> = fc.record(
  { label: anyText, exact: fc.boolean(), unitCode: fc.constant('19867'), at },
  { requiredKeys: ['label', 'exact'] },
)

const HAMLETS: readonly PlaceFact[] = ['Phước Yên', 'Niêm Phò'].map((name, i) => ({
  label: `thôn ${name}`,
  unitCode: '19867',
  hamletId: `0199c0de-0000-7000-8000-00000000000${i}`,
  exact: true,
}))

export const facts: fc.Arbitrary<Facts> = fc
  .record({
    places: fc.array(place, { maxLength: 3 }),
    outsideProvince: fc.boolean(),
    category: fc.option(
      fc.record({
        id: fc.constantFrom('flood', 'other', 'x'),
        confidence: fc.double({ min: 0, max: 1 }),
      }),
      { nil: undefined },
    ),
  })
  .map(({ category, ...rest }) => ({
    ...rest,
    hamlets: HAMLETS,
    ...(category === undefined ? {} : { category }),
  }))

const longText = fc.oneof(
  anyText,
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), fc.nat(400))
    .map(([unit, n]) => unit.repeat(n)),
)

const url = fc.oneof(
  fc.webUrl(),
  fc.constantFrom('javascript:alert(1)', 'http://', '', 'https://x/"><b>', 'mailto:a@b'),
)

const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 3, arbitrary: longText.map((text): Part => ({ kind: 'text', text })) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fields' as const),
      title: anyText,
      rows: fc.array(fc.record({ label: anyText, value: longText }), { maxLength: 8 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('image' as const),
      mediaId: fc.uuid(),
      url,
      alt: longText,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('link' as const), label: longText, url }),
  },
)

const choice: fc.Arbitrary<Choice> = fc.record({
  id: fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ minLength: 1100, maxLength: 1200 }),
  ),
  label: longText,
})

export const message: fc.Arbitrary<Message> = fc.record(
  {
    parts: fc.array(part, { maxLength: 6 }),
    choices: fc.oneof(
      { weight: 12, arbitrary: fc.array(choice, { maxLength: 7 }) },
      { weight: 1, arbitrary: fc.array(choice, { minLength: 90, maxLength: 110 }) },
    ),
    want: fc.constantFrom('photo' as const, 'location' as const, 'phone' as const),
  },
  { requiredKeys: ['parts'] },
)
