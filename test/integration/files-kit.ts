import sharp from 'sharp'
import type { Actor, Db, Ports } from '../../api/context.ts'
import { attachMedia, type CaseScope, mediaRoutes, uploadMedia } from '../../api/files/index.ts'
import { stripMetadata } from '../../api/files/strip.ts'
import { createShell } from '../../api/http/shell.ts'
import { testCtx, testPorts } from '../harness.ts'
import { testApp } from '../harness-app.ts'

/** An 8 × 6 JPEG with a name in its EXIF. */
export const jpeg = new Uint8Array(
  await sharp({ create: { width: 8, height: 6, channels: 3, background: 'teal' } })
    .withExif({ IFD0: { Artist: 'Nguyen Van A' } })
    .jpeg()
    .toBuffer(),
)

export const OFFICER_ID = '01930000-0000-7000-8000-000000000001'
export const official = (more: Partial<Extract<Actor, { kind: 'official' }>> = {}): Actor => ({
  kind: 'official',
  officialId: OFFICER_ID,
  roles: ['dispatcher'],
  capabilities: [],
  unitCode: '19867',
  agencyCode: null,
  ...more,
})
export const resident = (residentId: string): Actor => ({ kind: 'resident', residentId })

/** A host without sharp: strips, makes no thumbnail. Keeps what it stored within sight. */
export const strippingPorts = (overrides: Partial<Ports> = {}) => {
  const stored = new Map<string, Uint8Array>()
  const ports = testPorts({
    images: {
      sanitise: async (bytes) => ({
        picture: stripMetadata(bytes),
        thumbnail: null,
        taken: { at: new Date('2026-11-22T01:00:00Z'), lng: 107.59, lat: 16.46 },
      }),
      cover: null,
    },
    storage: {
      put: async (key, bytes) => void stored.set(key, bytes),
      get: async (key) => stored.get(key),
      remove: async (key) => void stored.delete(key),
    },
    ...overrides,
  })
  return { ports, stored }
}

const CASE: CaseScope = {
  unitCode: '19867',
  agencyCode: 'a1',
  assigneeId: null,
  right: 'incidents.read_desk',
}

/** The media routes alone, for a caller who is `actor`. */
export const appAs = (db: Db, actor: Actor | null, given = strippingPorts()) => {
  const made = testApp(db, { ports: given.ports }, (deps) =>
    createShell(deps, {
      authenticate: async () => actor,
      cookieName: 'loa_session',
      mount: (api) =>
        void api.route(
          '/',
          mediaRoutes(async (_ctx, id) => (id === 'case-1' ? CASE : undefined)),
        ),
    }),
  )
  const send = (file: Uint8Array | string, headers: Record<string, string> = {}) => {
    const form = new FormData()
    form.set('file', typeof file === 'string' ? file : new File([new Uint8Array(file)], 'a.jpg'))
    return made.request('/api/v1/media', {
      method: 'POST',
      body: form,
      headers: { cookie: 'loa_session=x', ...headers },
    })
  }
  const read = (id: string, headers: Record<string, string> = {}, query = '') =>
    made.request(`/api/v1/media/${id}${query}`, {
      headers: { cookie: 'loa_session=x', ...headers },
    })
  return { ...made, ...given, send, read }
}

/** An upload of a resident, attached to the case, and its ctx. */
export const attached = async (db: Db, ports: Ports) => {
  const ctx = testCtx(db, { actor: resident('r1'), ports })
  const { mediaId } = await uploadMedia(ctx, { bytes: jpeg })
  await attachMedia(ctx, { media: [{ mediaId }], attachedTo: 'case-1' })
  return { ctx, mediaId }
}

/** Names of the audit rows of one photo, in order. */
export const auditOf = async (db: Db, id: string) => {
  const rows = await db
    .selectFrom('audit')
    .select('action')
    .where('subjectId', '=', id)
    .orderBy('seq')
    .execute()
  return rows.map((row) => row.action)
}
