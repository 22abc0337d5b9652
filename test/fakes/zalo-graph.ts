import { createHmac } from 'node:crypto'
import type { Hono } from 'hono'
import type { Bindings } from './zalo-server.ts'

const PERSON = '246845883529197922'

/**
 * `graph.zalo.me`: who (`me`) and, behind a one-time code, phone or place (`me/info`). The token `abroad` gets −501,
 * as every caller outside Viet Nam does; any other token is one person's.
 */
export function mountGraph(app: Hono<Bindings>, appSecret: string): void {
  const used = new Set<string>()
  const abroad = {
    error: -501,
    message: 'Personal information is limited due to IP address not inside Vietnam: 192.0.2.1',
  }

  app.get('/v2.0/me', (c) => {
    const token = c.req.header('access_token') ?? ''
    const proof = createHmac('sha256', appSecret).update(token).digest('hex')
    if (c.req.header('appsecret_proof') !== proof) return c.json({ error: -242, message: 'proof' })
    const fields = (c.req.query('fields') ?? '').split(',')
    const isAbroad = token === 'abroad' && (fields.includes('name') || fields.includes('picture'))
    if (isAbroad) return c.json(abroad)
    const name = fields.includes('name') ? { name: 'Trần Thị Bình', is_sensitive: false } : {}
    return c.json({ error: 0, message: 'Success', id: PERSON, ...name })
  })

  app.get('/v2.0/me/info', (c) => {
    const code = c.req.header('code') ?? ''
    if (c.req.header('secret_key') !== appSecret) return c.json({ error: 117, message: 'secret' })
    if (code === '') return c.json({ error: 114, message: 'code is empty' })
    if (used.has(code)) return c.json({ error: 119, message: 'code already used' })
    if (c.req.header('access_token') === 'abroad') return c.json(abroad)
    used.add(code)
    const place = {
      provider: 'gps',
      latitude: '16.5766',
      longitude: '107.5092',
      timestamp: '1666249171003',
    }
    const data = code.startsWith('place') ? place : { number: '84912345678' }
    return c.json({ data, error: 0, message: 'Success' })
  })
}
