import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hostOf } from './detect.ts'
import { ABILITIES, readFromHost } from './hues-protocol.ts'
import { themeByColour } from './telegram.ts'
import { parseLaunch, routeOfStart, themeOf } from './telegram-launch.ts'
import { zaloTheme } from './zalo.ts'

const ZALO = 'Mozilla/5.0 (Linux; Android 10) Zalo android/12080702 ZaloTheme/dark ZaloLanguage/vi'
const plain = {
  pathname: '/',
  userAgent: 'Mozilla/5.0 Chrome/120',
  isFramed: false,
  hasNativeBridge: false,
  hasTelegramLaunch: false,
}

describe('the host', () => {
  it('is told by what each leaves behind, and is a browser otherwise', () => {
    expect(hostOf(plain)).toBe('browser')
    expect(hostOf({ ...plain, isFramed: true })).toBe('hues')
    expect(hostOf({ ...plain, hasNativeBridge: true })).toBe('hues')
    expect(hostOf({ ...plain, isFramed: true, hasTelegramLaunch: true })).toBe('telegram')
    expect(hostOf({ ...plain, userAgent: ZALO, pathname: '/zapps/123/' })).toBe('zalo')
    // Zalo's in-app browser shows links; only mini-apps live below /zapps/.
    expect(hostOf({ ...plain, userAgent: ZALO })).toBe('browser')
    expect(hostOf({ ...plain, pathname: '/zapps/123/' })).toBe('browser')
  })

  it('brings its theme', () => {
    expect([ZALO, 'Zalo ZaloTheme/light', 'Zalo'].map(zaloTheme)).toEqual([
      'dark',
      'light',
      'light',
    ])
    expect(['#ffffff', '#17212b', undefined].map(themeByColour)).toEqual([
      'light',
      'dark',
      'system',
    ])
  })
})

describe('Telegram’s launch', () => {
  it('is read from the hash, and only from one that is it', () => {
    const initData = 'auth_date=1&start_param=case_HUE-2345-6789&hash=x'
    const fields = { tgWebAppData: initData, tgWebAppVersion: '8.0', tgWebAppThemeParams: '{' }
    expect(parseLaunch(`#${new URLSearchParams(fields)}`)).toEqual({
      initData,
      version: '8.0',
      themeParams: {},
      startParam: 'case_HUE-2345-6789',
    })
    expect(parseLaunch('#/report/place')).toBeUndefined()
    expect(parseLaunch('')).toBeUndefined()
  })

  it('starts at a page of ours, whatever the link says', () => {
    expect(routeOfStart('report')).toBe('/report')
    expect(routeOfStart('case_HUE-2345-6789')).toBe('/case/HUE-2345-6789')
    for (const other of [undefined, '', '//evil.example', 'javascript:x', 'a/b']) {
      expect(routeOfStart(other)).toBe('/')
    }
  })

  it('takes colours only', () => {
    expect(themeOf({ bg_color: '#17212b', link_color: 'url(x)', n: 1 })).toEqual({
      bg_color: '#17212b',
    })
  })
})

describe('the bridge to a super-app', () => {
  it('reads its messages', () => {
    const can = ['place', 'fly', 'authorize']
    const insets = { top: 24, bottom: -3, left: 'x', right: 9_999 }
    expect(
      readFromHost({
        loa: 1,
        type: 'welcome',
        version: 1,
        can,
        theme: 'dark',
        insets,
        route: '/x',
      }),
    ).toEqual({
      type: 'welcome',
      version: 1,
      can: ['authorize', 'place'],
      look: { theme: 'dark', insets: { top: 24, bottom: 0, left: 0, right: 200 } },
      route: '/x',
    })
    expect(readFromHost({ loa: 1, type: 'answer', id: 'c1', ok: false, reason: 'odd' })).toEqual({
      type: 'answer',
      id: 'c1',
      ok: false,
      reason: 'unavailable',
    })
    expect(readFromHost({ loa: 1, type: 'route', route: 'https://evil.example' })).toBeUndefined()
    expect(readFromHost({ loa: 2, type: 'back' })).toBeUndefined()
    expect(readFromHost({ loa: 1, type: 'welcome', version: 9, can: ABILITIES })).toBeUndefined()
  })

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.object(), fc.constantFrom('welcome', 'answer', 'look', 'route'), (o, type) => {
        readFromHost({ ...o, loa: 1, type })
        readFromHost(o)
      }),
    )
  })
})
