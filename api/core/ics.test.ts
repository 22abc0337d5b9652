import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toIcs } from './ics.ts'

const NOW = new Date('2026-11-27T01:00:00Z')
const event = {
  uid: 'x@loa',
  summary: 'Hẹn trả kết quả; khai sinh, bản chính',
  description: 'Dòng 1\nDòng 2',
  sequence: 1,
}

it('a whole day ends before the next one, a time is written in UTC', () => {
  const day = toIcs({ ...event, when: { date: '2026-11-30' } }, NOW)
  expect(day).toContain('DTSTART;VALUE=DATE:20261130\r\nDTEND;VALUE=DATE:20261201\r\n')
  expect(day).toContain('SUMMARY:Hẹn trả kết quả\\; khai sinh\\, bản chính\r\n')
  expect(day).toContain('DESCRIPTION:Dòng 1\\nDòng 2\r\n')
  const startAt = new Date('2026-11-30T00:30:00Z')
  const time = toIcs({ ...event, when: { startAt, endAt: new Date('2026-11-30T01:00:00Z') } }, NOW)
  expect(time).toContain('DTSTART:20261130T003000Z\r\nDTEND:20261130T010000Z\r\n')
})

it('no line is longer than 75 octets, and unfolding gives the text back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (summary) => {
      const text = summary.replace(/[\r\n\\;,]/g, ' ')
      const file = toIcs({ ...event, summary: text, when: { date: '2026-11-30' } }, NOW)
      for (const line of file.split('\r\n'))
        expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
      expect(file.replaceAll('\r\n ', '')).toContain(`SUMMARY:${text}\r\n`)
    }),
    { seed: 20261127 },
  )
})
