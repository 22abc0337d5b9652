import { expect, it } from 'vitest'
import { kindIn, levelIn } from './words.ts'

it.each([
  ['báo cho tôi khi sông Bồ lên báo động 2', 'flood', 2],
  ['nuoc len bd3 thi nhan tui', 'flood', 3],
  ['báo khi mực nước lên BĐ3', 'flood', 3],
  ['báo tui khi có lụt', 'flood', 1],
  ['báo khi có bão cấp 3', 'storm', 3],
  ['không khí xấu thì báo tui', 'air', 2],
  ['không khí rất xấu thì nhắn', 'air', 3],
  ['báo khi cúp điện', 'utilities', 1],
] as const)('%s', (words, kind, level) => {
  expect(kindIn(words)).toBe(kind)
  expect(levelIn(kind, words)).toBe(level)
})
