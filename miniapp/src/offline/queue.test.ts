import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CreatedIncident, CreateIncident } from '../../../api/rooms/incidents/schema.ts'
import {
  type Entry,
  flush,
  type QueueApi,
  type QueueStore,
  type Refusal,
  type Reply,
  type Sent,
} from './queue.ts'

const NOW = () => new Date('2026-11-23T02:00:00.000Z')
const NO_SIGNAL: Refusal = { status: 0, code: 'network.offline' }

const entry = (key: string, photos: string[] = []): Entry => ({
  key,
  queuedAt: `2026-11-23T01:00:0${key}.000Z`,
  apiBase: '/api/v1',
  headers: {},
  report: {
    category: 'road',
    description: 'x',
    place: { source: 'hamlet' },
    consentVersion: 1,
  },
  photos: photos.map((id) => ({ id })),
  draft: {},
})

/** A device; every write is a copy, as on a disk. */
function deviceOf(entries: Entry[], photos: string[] = []) {
  const queue = new Map(entries.map((one) => [one.key, structuredClone(one)]))
  const blobs = new Map(photos.map((id) => [id, new Blob([id])]))
  const sent: Sent[] = []
  const store: QueueStore = {
    entries: async () => [...queue.values()].map((one) => structuredClone(one)),
    save: async (one) => queue.set(one.key, structuredClone(one)),
    photo: async (id) => blobs.get(id),
    finish: async (one, what) => {
      queue.delete(one.key)
      for (const { id } of one.photos) blobs.delete(id)
      sent.push(what)
    },
  }
  return { store, queue, sent, blobs }
}

/** A server that keeps the idempotency promise; `fault` says what goes wrong with the nth request, before or after. */
function serverOf(fault: (n: number) => 'lost' | 'unreached' | undefined = () => undefined) {
  const cases = new Map<string, { body: string; created: CreatedIncident }>()
  let requests = 0
  let uploads = 0
  const through = <T>(work: () => Reply<T>): Reply<T> => {
    const what = fault(requests++)
    if (what === 'unreached') return { ok: false, refusal: NO_SIGNAL }
    const reply = work()
    return what === 'lost' ? { ok: false, refusal: NO_SIGNAL } : reply
  }
  const api: QueueApi = {
    upload: async () =>
      through(() => ({ ok: true, value: { mediaId: `m${++uploads}`, uploadSecret: 's' } })),
    create: async ({ key }, body) =>
      through(() => {
        const known = cases.get(key)
        const text = JSON.stringify(body)
        if (known && known.body !== text) {
          return { ok: false, refusal: { status: 422, code: 'http.idempotency_mismatch' } }
        }
        const created = known?.created ?? ({ publicCode: `C${cases.size}` } as CreatedIncident)
        cases.set(key, { body: text, created })
        return { ok: true, value: created }
      }),
  }
  const bodies = () =>
    [...cases.values()].map(({ body }) => JSON.parse(body) as CreateIncident & { media: unknown[] })
  return { api, cases, bodies }
}

describe('the outgoing queue', () => {
  it('uploads photos, sends the report, and keeps what was answered', async () => {
    const device = deviceOf([entry('1', ['a', 'b'])], ['a', 'b'])
    const server = serverOf()
    expect(await flush(device.store, server.api, NOW)).toMatchObject([{ kind: 'sent', key: '1' }])
    expect(server.bodies()[0]?.media).toEqual([
      { mediaId: 'm1', uploadSecret: 's' },
      { mediaId: 'm2', uploadSecret: 's' },
    ])
    expect(device.queue.size + device.blobs.size).toBe(0)
    expect(device.sent).toMatchObject([{ created: { publicCode: 'C0' }, category: 'road' }])
  })

  it('makes one report with all photos, whenever requests or answers are lost or the browser dies', async () => {
    const faults = fc.array(fc.constantFrom('lost', 'unreached', undefined), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(faults, fc.nat(3), async (list, count) => {
        const ids = ['a', 'b', 'c'].slice(0, count)
        const device = deviceOf([entry('1', ids)], ids)
        const server = serverOf((n) => list[n])
        // Each round is a new start of the browser: only the disk is left of the one before.
        for (let round = 0; round <= list.length; round++) {
          await flush(device.store, server.api, NOW)
        }
        expect(server.cases.size).toBe(1)
        expect(server.bodies()[0]?.media).toHaveLength(count)
        expect(device.sent).toHaveLength(1)
        expect(device.queue.size).toBe(0)
      }),
    )
  })

  it('sends in the order of writing, and stops where there is no signal', async () => {
    const device = deviceOf([entry('2'), entry('1')])
    const server = serverOf((n) => (n === 0 ? 'unreached' : undefined))
    expect(await flush(device.store, server.api, NOW)).toEqual([{ kind: 'later', key: '1' }])
    const second = await flush(device.store, server.api, NOW)
    expect(second.map(({ key }) => key)).toEqual(['1', '2'])
  })

  it('leaves a refused report to the person and goes on with the next', async () => {
    const refusal = { status: 409, code: 'identity.consent_stale' }
    const device = deviceOf([entry('1'), entry('2')])
    const server = serverOf()
    const api: QueueApi = {
      ...server.api,
      create: async (one, body) =>
        one.key === '1' ? { ok: false, refusal } : server.api.create(one, body),
    }
    expect(await flush(device.store, api, NOW)).toMatchObject([
      { kind: 'refused', refusal },
      { kind: 'sent', key: '2' },
    ])
    expect(await flush(device.store, api, NOW)).toEqual([])
    expect(device.queue.get('1')?.refusal).toEqual(refusal)
  })

  it('uploads again what the server has thrown away meanwhile', async () => {
    const device = deviceOf([entry('1', ['a'])], ['a'])
    const server = serverOf()
    const refusals: Refusal[] = [NO_SIGNAL, { status: 404, code: 'files.not_found' }]
    const api: QueueApi = {
      ...server.api,
      create: async (one, body) => {
        const refusal = refusals.shift()
        return refusal ? { ok: false, refusal } : server.api.create(one, body)
      },
    }
    for (let i = 0; i < 2; i++) await flush(device.store, api, NOW)
    expect(device.sent).toHaveLength(1)
    expect(server.bodies()[0]?.media).toEqual([{ mediaId: 'm2', uploadSecret: 's' }])
  })

  it('goes without a photo that the device has lost', async () => {
    const device = deviceOf([entry('1', ['a', 'b'])], ['b'])
    const server = serverOf()
    await flush(device.store, server.api, NOW)
    expect(server.bodies()[0]?.media).toEqual([{ mediaId: 'm1', uploadSecret: 's' }])
  })
})
