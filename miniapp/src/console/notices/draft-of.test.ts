import { describe, expect, it } from 'vitest'
import { needsEvent, newDraft, withTemplate } from './draft-of.ts'

const draft = newDraft('19867', new Date('2026-11-27T10:00:00Z'))
const template = {
  id: 'water_cut',
  kind: 'utilities' as const,
  name: 'Tạm ngừng cấp nước',
  titleVi: 'Tạm ngừng cấp nước tại {xa}',
  titleEn: 'Water cut in {xa}',
  bodyVi: 'Từ {tu} đến {den}',
  bodyEn: 'From {tu} to {den}',
}

describe('a new notice', () => {
  it('is for the whole unit and ends in two days', () => {
    expect(draft).toMatchObject({
      area: { places: [{ unitCode: '19867' }] },
      expiresAt: '2026-11-29T10:00:00.000Z',
      sendAt: null,
    })
  })

  it('takes ready words and keeps whose word it is', () => {
    const signed = { ...draft, signer: 'Phan Đình Khôi' }
    const filled = withTemplate(signed, template)
    expect(filled).toMatchObject({ kind: 'utilities', signer: 'Phan Đình Khôi' })
    expect([needsEvent(signed), needsEvent(filled)]).toEqual([false, true])
  })
})
