import { describe, expect, it } from 'vitest'
import type { Settings } from '../../context.ts'
import { clearedCookie, sessionCookie, sessionCookieName } from './lucia.ts'

const at = (publicUrl: string): Settings => ({
  isDemo: true,
  publicUrl,
  homeUnitCode: '19867',
  province: { code: '46', nameVi: '', nameEn: '' },
})
const attributes = (cookie: string) => cookie.split('; ').slice(1).sort()

describe('the session cookie', () => {
  it('is locked to this origin, to scripts and to other sites over https', () => {
    const cookie = sessionCookie(at('https://loa.example'), 's3cret')
    expect(cookie).toMatch(/^__Host-loa_session=s3cret;/)
    expect(attributes(cookie)).toEqual([
      'HttpOnly',
      'Max-Age=604800',
      'Path=/',
      'SameSite=Strict',
      'Secure',
    ])
  })

  it('is not Secure where there is no https, and then has no prefix that browsers would refuse', () => {
    const cookie = sessionCookie(at('http://127.0.0.1:8080'), 's3cret')
    expect(cookie).toMatch(/^loa_session=s3cret;/)
    expect(attributes(cookie)).toEqual(['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Strict'])
  })

  it('is cleared under the same name and path', () => {
    for (const settings of [at('https://loa.example'), at('http://127.0.0.1:8080')]) {
      const cookie = clearedCookie(settings)
      expect(cookie).toMatch(new RegExp(`^${sessionCookieName(settings)}=;`))
      expect(attributes(cookie)).toContain('Max-Age=0')
      expect(attributes(cookie)).toContain('Path=/')
    }
  })
})
