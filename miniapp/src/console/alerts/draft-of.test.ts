import { describe, expect, it } from 'vitest'
import { fromLocalBox, toLocalBox } from '../local-box.ts'
import type { Desk } from './calls.ts'
import { newDraft, retuned } from './draft-of.ts'

const ready = (['flood', 'air'] as const).flatMap((kind) =>
  [1, 2, 3, 4].map((level) => ({
    ...{ kind, level },
    instructionVi: `${kind} ${level} vi`,
    instructionEn: `${kind} ${level} en`,
  })),
)
const desk: Desk = { at: '', open: [], inForce: [], stations: [], ready }
const draft = newDraft(desk, '19867', new Date('2026-11-27T10:00:00Z'))

describe('a draft', () => {
  it('begins with the whole unit, ready words and an end', () => {
    expect(draft).toMatchObject({
      instructionVi: 'flood 1 vi',
      area: { places: [{ unitCode: '19867' }] },
      expiresAt: '2026-11-27T22:00:00.000Z',
    })
  })

  it('takes other ready words with another kind or level, and leaves own words alone', () => {
    expect(retuned(desk, draft, { level: 3 }).instructionVi).toBe('flood 3 vi')
    expect(retuned(desk, draft, { kind: 'air' }).instructionEn).toBe('air 1 en')
    const own = { ...draft, instructionVi: 'Lên nhà văn hóa thôn.' }
    expect(retuned(desk, own, { level: 4 })).toMatchObject({
      level: 4,
      instructionVi: 'Lên nhà văn hóa thôn.',
    })
  })

  it('shows and reads the clock of Viet Nam', () => {
    expect(toLocalBox('2026-11-27T22:00:00.000Z')).toBe('2026-11-28T05:00')
    expect(fromLocalBox('2026-11-28T05:00')).toBe('2026-11-27T22:00:00.000Z')
    expect(fromLocalBox('')).toBeUndefined()
  })
})
