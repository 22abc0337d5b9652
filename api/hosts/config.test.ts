import { describe, expect, it } from 'vitest'
import { type Config, type Env, readConfig } from './config.ts'

const SECRET = 'x'.repeat(32)
const REAL = { DATABASE_URL: 'postgres://loa@db/loa', APP_SECRET: SECRET, HOME_UNIT: '19753' }

function configOf(env: Env): Config {
  const read = readConfig(env)
  if (!read.ok) throw new Error(read.faults.join('\n'))
  return read.config
}

function faultsOf(env: Env): readonly string[] {
  const read = readConfig(env)
  return read.ok ? [] : read.faults
}

describe('configuration', () => {
  it('of nothing at all is a demo that only this machine reaches', () => {
    expect(configOf({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      publicUrl: 'http://127.0.0.1:8080',
      dataDir: '.data',
      databaseUrl: null,
      isDemo: true,
      mayDemoSend: false,
      appSecret: null,
      s3: null,
      channels: { telegram: null, zaloOa: null, zaloBot: null, zaloMiniApp: null },
    })
  })

  it('with a database is no demo and needs a secret', () => {
    expect(configOf(REAL)).toMatchObject({ isDemo: false, host: '0.0.0.0', appSecret: SECRET })
    expect(configOf({ ...REAL, DEMO: '1' }).isDemo).toBe(true)
    expect(faultsOf({ ...REAL, APP_SECRET: undefined })).toHaveLength(1)
    expect(faultsOf({ ...REAL, APP_SECRET: 'short' })).toHaveLength(1)
  })

  it('names the commune: the demonstration has one, any other says which of the 40', () => {
    expect(configOf({}).homeUnit).toBe('19867')
    expect(configOf(REAL).homeUnit).toBe('19753')
    expect(faultsOf({ ...REAL, HOME_UNIT: undefined })).toMatchObject([
      expect.stringMatching(/^HOME_UNIT /),
    ])
    for (const HOME_UNIT of ['46', '19868', 'Quảng Điền'])
      expect(faultsOf({ HOME_UNIT })).toMatchObject([expect.stringMatching(/^HOME_UNIT /)])
  })

  it('names every fault at once, by its variable', () => {
    const faults = faultsOf({
      DATABASE_URL: 'mysql://loa:hunter2@db/loa',
      PORT: '80800',
      PUBLIC_URL: 'example.vn',
      DEMO: 'maybe',
      EMBED_ORIGINS: 'https://ok.vn https://with.path/zapps',
      TRUSTED_PROXIES: '10.0.0.0/8, proxy.local',
      CAP_FEEDS: 'ftp://x',
      ALERT_UNCHANGED_HOURS: '0',
      ALERT_ENDING_HOURS: 'soon',
      LOG_LEVEL: 'loud',
      TELEGRAM_BOT_TOKEN: '1:abc',
      S3_BUCKET: 'b',
    })
    const named = [
      'DATABASE_URL',
      'APP_SECRET',
      'HOME_UNIT',
      'PORT',
      'PUBLIC_URL',
      'DEMO',
      'EMBED_ORIGINS',
      'TRUSTED_PROXIES',
      'CAP_FEEDS',
      'ALERT_UNCHANGED_HOURS',
      'ALERT_ENDING_HOURS',
      'LOG_LEVEL',
      'TELEGRAM_WEBHOOK_SECRET',
      'S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY',
    ]
    for (const name of named) {
      expect(
        faults.filter((fault) => fault.startsWith(name) || fault.includes(`: ${name} `)),
        name,
      ).toHaveLength(1)
    }
    expect(faults).toHaveLength(named.length)
    expect(faults.join()).not.toContain('hunter2')
  })

  it('names the sources of readings; keys go to the origin that they are for', () => {
    expect(configOf({}).sources).toEqual({ readingSources: [], originHeaders: {} })
    const env = {
      VNDMS_URL: 'https://map.example/water_level',
      OPENAQ_STATIONS: 'quang-dien=2178, phu-bai=31',
      OPENAQ_API_KEY: 'khoa',
    }
    const air = (location: number, stationCode: string) => {
      const url = `https://api.openaq.org/v3/locations/${location}/sensors`
      return { kind: 'openaq', url, stationCode }
    }
    expect(configOf(env).sources).toEqual({
      readingSources: [
        { kind: 'river-map', url: env.VNDMS_URL },
        air(2178, 'quang-dien'),
        air(31, 'phu-bai'),
      ],
      originHeaders: {
        'https://map.example': { referer: 'https://map.example/' },
        'https://api.openaq.org': { 'x-api-key': 'khoa' },
      },
    })
    expect(faultsOf({ OPENAQ_STATIONS: 'quang-dien=2178' })).toMatchObject([
      expect.stringContaining('OPENAQ_API_KEY'),
    ])
    for (const OPENAQ_STATIONS of ['2178', 'quang-dien=x', 'Quảng=1'])
      expect(faultsOf({ ...env, OPENAQ_STATIONS })).toMatchObject([
        expect.stringMatching(/^OPENAQ_STATIONS /),
      ])
  })

  it.each([
    ['OPENAQ_API_KEY', 'OPENAQ_STATIONS'],
    ['TELEGRAM_WEBHOOK_SECRET', 'TELEGRAM_BOT_TOKEN'],
    ['ZALO_OA_ID', 'ZALO_OA_REFRESH_TOKEN'],
    ['ZALO_OA_REFRESH_TOKEN', 'ZALO_APP_SECRET'],
    ['ZALO_APP_ID', 'ZALO_APP_SECRET'],
    ['ZALO_MINIAPP_ID', 'ZALO_MINIAPP_API_KEY'],
    ['ZALO_BOT_TOKEN', 'ZALO_BOT_WEBHOOK_SECRET'],
    ['OIDC_ISSUER', 'OIDC_CLIENT_SECRET'],
  ])('with only %s tells that %s is missing', (given, missing) => {
    const faults = faultsOf({ [given]: 'x' })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(missing)
    expect(faults[0]).not.toContain(`${given},`)
  })

  it('lets Zalo OA and the mini-app share one app', () => {
    const { zaloOa, zaloMiniApp } = configOf({
      ZALO_APP_ID: 'app',
      ZALO_APP_SECRET: 's',
      ZALO_OA_ID: 'oa',
      ZALO_OA_SECRET_KEY: 'k',
      ZALO_OA_REFRESH_TOKEN: 'r',
      ZALO_MINIAPP_ID: 'mini',
      ZALO_MINIAPP_API_KEY: 'key',
    }).channels
    expect([zaloOa?.appId, zaloMiniApp?.appId, zaloMiniApp?.miniAppId]).toEqual([
      'app',
      'app',
      'mini',
    ])
  })

  it('treats an empty variable as unset', () => {
    expect(configOf({ DATABASE_URL: ' ', PORT: '', DEMO: '' })).toEqual(configOf({}))
  })

  it('gives an address that a browser can open', () => {
    expect(configOf({ ...REAL, PORT: '9000' }).publicUrl).toBe('http://127.0.0.1:9000')
    expect(configOf({ HOST: '::1' }).publicUrl).toBe('http://[::1]:8080')
    expect(configOf({ PUBLIC_URL: 'https://loa.example.vn/' }).publicUrl).toBe(
      'https://loa.example.vn',
    )
  })
})
