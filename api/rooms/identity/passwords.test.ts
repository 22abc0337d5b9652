import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WORST_PASSWORDS } from './data/worst-passwords.ts'
import { normalisePassword, passwordProblem } from './passwords.ts'

describe('a new password', () => {
  it.each([
    ['short7signs', 'too_short'],
    ['12345678901', 'too_short'],
    ['123456789012', 'too_common'],
    ['210987654321', 'too_common'],
    ['abcdefghijklmn', 'too_common'],
    ['aaaaaaaaaaaaaa', 'too_common'],
    ['abcabcabcabca', 'too_common'],
    ['Mật khẩu 12345', 'too_common'],
    ['PassWord-1234', 'too_common'],
    ['hoai.an.2026!', 'like_login'],
    ['hoai.anhoai.an', 'like_login'],
  ])('%s is refused as %s', (password, problem) => {
    expect(passwordProblem(password, 'hoai.an')).toBe(problem)
  })

  it.each([
    'lúa chín ngoài đồng Phước Yên',
    'hoai.an trồng 7 luống rau má',
    'vX9-tq2m-Lw4z',
    'ẩn ẩn hiện hiện',
  ])('%s will do', (password) => {
    expect(passwordProblem(password, 'hoai.an')).toBeUndefined()
  })

  it('every listed one is refused, however it is decorated', () => {
    for (const worst of WORST_PASSWORDS) {
      expect(passwordProblem(worst.toUpperCase(), 'hoai.an')).toBe('too_common')
      expect(passwordProblem(`${worst}!?`, 'hoai.an')).toBe('too_common')
    }
  })

  it('the list is folded and long enough to matter', () => {
    expect(WORST_PASSWORDS.filter((text) => !/^[a-z0-9]{12,}$/.test(text))).toEqual([])
  })

  it('is one password however the keyboard composes marks', () => {
    const text = 'lúa chín ngoài đồng'
    expect(normalisePassword(text.normalize('NFD'))).toBe(normalisePassword(text))
    expect(passwordProblem('ẩẩẩẩẩẩ'.normalize('NFD'), 'x')).toBe('too_short')
  })

  it('is judged without throwing, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (password, login) => {
        const problem = passwordProblem(password, login)
        if ([...password.normalize('NFC')].length < 12) expect(problem).toBe('too_short')
      }),
      { seed: 20261123 },
    )
  })
})
