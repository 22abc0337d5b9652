import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readScamFile } from './file.ts'

describe('a list of known frauds', () => {
  it('is read by its first column; doubles count once', () => {
    const csv =
      '\uFEFFsubject,note\r\nnhan-qua.example.top,bẫy\r\n"http://nhan-qua.example.top/x";y\n\n# cũ\n0900 000 123\tgọi lừa\nSTK 0123456789,giả\n'
    expect(readScamFile(csv, [])).toEqual({
      subjects: [
        { kind: 'domain', subject: 'nhan-qua.example.top' },
        { kind: 'phone', subject: '0900000123' },
        { kind: 'account', subject: '0123456789' },
      ],
      faults: [],
    })
  })

  it('names each line that is no subject, and never takes what is official', () => {
    const csv = 'xin chào\ndichvucong.gov.vn\na.example.top b.example.top\n113\n19001075'
    expect(readScamFile(csv, ['19001075'])).toEqual({
      subjects: [],
      faults: [
        { line: 2, reason: 'official' },
        { line: 3, reason: 'unreadable' },
        { line: 4, reason: 'official' },
        { line: 5, reason: 'official' },
      ],
    })
  })

  it('is read to its end, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        for (const { subject } of readScamFile(text, []).subjects)
          expect(subject.endsWith('.gov.vn')).toBe(false)
      }),
      { seed: 20261128, numRuns: 200 },
    )
  })
})
