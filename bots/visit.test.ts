import { describe, expect, it } from 'vitest'
import { visitIn } from './visit.ts'

const STEP = [
  { id: 'menu:4:guide.vneid-level-2.3', label: 'Tiếp' },
  { id: 'menu:4:guide_stuck.vneid-level-2.2', label: 'Tôi bị kẹt' },
]

describe('somebody is to come and show it', () => {
  it.each([
    'nhờ người tới chỉ giúp',
    'Nhờ người tới giúp',
    'nho nguoi den nha chi cai VNeID cho me',
    'tui muốn nhờ ai đó qua dạy dùng điện thoại',
    'cần tổ công nghệ số tới hướng dẫn',
    'cho người tới bày giúp với',
    'Can somebody come and show my mother how to install it?',
  ])('%s', (text) => expect(visitIn(text, [], undefined)).toBe('help_home'))

  it.each(['tôi bí chỗ này', 'bí chỗ ni rồi', 'bí rồi'])(
    '%s: helps at the step before their eyes, else somebody comes',
    (text) => {
      expect(visitIn(text, STEP, undefined)).toBe('guide_stuck.vneid-level-2.2')
      expect(visitIn(text, [], undefined)).toBe('help_home')
    },
  )

  it.each(['tui kẹt ở bước này', 'tôi bị kẹt', 'I am stuck here'])(
    '%s: at a step, else it may be danger and is left to those who listen for it',
    (text) => {
      expect(visitIn(text, STEP, undefined)).toBe('guide_stuck.vneid-level-2.2')
      expect(visitIn(text, [], undefined)).toBeUndefined()
    },
  )

  it.each([
    'nhờ người tới dọn rác giúp',
    'nhờ người tới hướng dẫn giao thông ở cổng trường',
    'nhờ người tới cứu',
    'cống bị kẹt',
    'tôi bị mất điện',
    'kẹt xe chỗ này',
    'bị',
    'hướng dẫn tôi nộp hồ sơ',
  ])('%s: something else', (text) => expect(visitIn(text, STEP, undefined)).toBeUndefined())
})
