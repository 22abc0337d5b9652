import { expect, it, vi } from 'vitest'

vi.mock('../../shared/i18n.ts', () => ({ t: () => ',' }))
const { figureText } = await import('./words.ts')

it.each([
  [325, 'cm', '3,25 m'],
  [-40, 'cm', '-0,40 m'],
  [12.34, 'mm', '12,3 mm'],
  [800, 'm3/s', '800 m3/s'],
])('%s %s reads %s', (value, unit, text) => expect(figureText(value, unit)).toBe(text))
