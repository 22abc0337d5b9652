import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApp } from '../../api/app.ts'
import type { Actor, Capability, Role } from '../../api/context.ts'
import { createFeed } from '../../api/http/event-feed.ts'
import { createShell } from '../../api/http/shell.ts'
import { alertRoutes, foreignRoutes } from '../../api/rooms/alerts/index.ts'
import { consoleRoutes, digestEvents } from '../../api/rooms/console/index.ts'
import { conversationDeskRoutes, misreadRoutes } from '../../api/rooms/conversations/index.ts'
import { floodRoutes } from '../../api/rooms/floods/index.ts'
import { guideRoutes, helpRoutes, scamRoutes, teamRoutes } from '../../api/rooms/guides/index.ts'
import { type Action, can, peopleRoutes, providerRoutes } from '../../api/rooms/identity/index.ts'
import { deskIncidentRoutes } from '../../api/rooms/incidents/index.ts'
import { noticeRoutes } from '../../api/rooms/notices/index.ts'
import { readingRoutes } from '../../api/rooms/readings/index.ts'
import { sosRoutes } from '../../api/rooms/sos/index.ts'
import { openDatabase, type TestDb, testClock } from '../harness.ts'
import { testApp, testDeps } from '../harness-app.ts'

/**
 * Every door of the console, what opens it, and a request that is well formed, so that what refuses it is the right
 * alone. `signed_in`: any official. A route that is not here fails the first test.
 */
type Door = { needs: Action | 'signed_in'; andAlso?: Action; path?: string; json?: unknown }
const ID = '0190a000-0000-7000-8000-000000000009'
const SPAN = 'from=2026-11-01&to=2026-11-30'
const LATER = { startsAt: '2026-12-01T00:00:00.000Z', endsAt: '2026-12-02T00:00:00.000Z' }
const move = { version: 1, move: { kind: 'accept' } }

const warning = {
  ...{ unitCode: '19867', kind: 'flood', level: 2, headlineVi: 'Lũ' },
  area: { places: [{ unitCode: '19867' }] },
  expiresAt: LATER.endsAt,
}

const point = {
  ...{ unitCode: '19867', name: 'Hùng Vương', lng: 107.5, lat: 16.57 },
  ...{ road: 'open', depth: null },
}

const both = { vi: 'Chữ', en: 'Words' }
const step = { drawing: 'phone', text: both }
const lesson = {
  ...{ id: 'bai-thu', title: both, needs: both, minutes: 5, level: 'first' },
  ...{ steps: [step, step, step], faults: [], warning: both, keywords: [] },
  questions: [{ text: both, options: [both, both], answer: 0, why: both }],
}
const notice = {
  ...{ unitCode: '19867', kind: 'notices', titleVi: 'Họp thôn' },
  area: { places: [{ unitCode: '19867' }] },
  expiresAt: LATER.endsAt,
}

const DOORS: Record<string, Door> = {
  'GET /console/inbox': { needs: 'signed_in' },
  'GET /console/inbox/stream': { needs: 'signed_in' },
  'GET /console/incidents': { needs: 'incidents.read_desk' },
  'POST /console/incidents/moves': {
    needs: 'incidents.read_desk',
    json: { moves: [{ id: ID, ...move }] },
  },
  'GET /console/incidents/:id': { needs: 'incidents.read_desk' },
  'POST /console/incidents/:id/moves': { needs: 'incidents.read_desk', json: move },
  'GET /console/incidents/:id/public': { needs: 'incidents.read_desk' },
  'POST /console/incidents/:id/preview': {
    needs: 'incidents.read_desk',
    json: { move: { kind: 'accept' } },
  },
  'POST /console/incidents/:id/reporter': {
    needs: 'identity.view_reporter',
    json: { reason: 'danger' },
  },
  'GET /console/map': { needs: 'incidents.read_desk' },
  'GET /console/incidents.csv': { needs: 'incidents.read_desk' },
  'GET /console/incidents.xlsx': { needs: 'incidents.read_desk' },
  'GET /console/numbers': { needs: 'incidents.read_desk', path: `/console/numbers?${SPAN}` },
  'GET /console/numbers.csv': {
    needs: 'incidents.read_desk',
    path: `/console/numbers.csv?${SPAN}`,
  },
  'GET /console/numbers.xlsx': {
    needs: 'incidents.read_desk',
    path: `/console/numbers.xlsx?${SPAN}`,
  },
  'GET /console/audit': { needs: 'audit.read' },
  'GET /console/audit.csv': { needs: 'audit.read' },
  'GET /console/audit/seals': { needs: 'audit.read' },
  'GET /console/conversations': { needs: 'conversations.hand_back' },
  'POST /console/conversations/:id/hand-back': { needs: 'conversations.hand_back' },
  'GET /console/conversations/waiting': { needs: 'conversations.answer' },
  'GET /console/conversations/:id/thread': { needs: 'conversations.answer' },
  'POST /console/conversations/:id/phones': {
    needs: 'conversations.answer',
    andAlso: 'identity.view_reporter',
    json: { reason: 'danger' },
  },
  'POST /console/conversations/:id/answers': {
    needs: 'conversations.answer',
    json: { text: 'x' },
  },
  'GET /console/misread': { needs: 'conversations.label' },
  'PUT /console/misread/:id/meaning': {
    needs: 'conversations.label',
    json: { intent: 'greeting' },
  },
  'DELETE /console/misread/:id': { needs: 'conversations.label' },
  'GET /console/misread/explained.txt': { needs: 'conversations.label' },
  'GET /console/lessons': { needs: 'guides.edit' },
  'GET /console/lessons/:id/versions': { needs: 'guides.edit' },
  'GET /console/lessons/:id/versions/:version': {
    needs: 'guides.edit',
    path: '/console/lessons/x/versions/1',
  },
  'POST /console/lessons': { needs: 'guides.edit', json: { lesson, version: null } },
  'POST /console/lessons/:id/publish': { needs: 'guides.edit', json: { version: 1 } },
  'GET /console/team': { needs: 'guides.team' },
  'POST /console/team/activities': {
    needs: 'guides.team',
    json: {
      ...{ id: '00000000-0000-7000-8000-000000000077', kind: 'training', task: 'teach' },
      ...{ hamletId: null, lessonId: null, heldOn: '2026-11-26', people: 3, sheets: 0 },
    },
  },
  'DELETE /console/team/activities/:id': {
    needs: 'guides.team',
    path: '/console/team/activities/x',
  },
  'GET /console/team/requests': { needs: 'guides.team' },
  'POST /console/team/requests/:id': { needs: 'guides.team', json: { move: 'take' } },
  'GET /console/scams': { needs: 'guides.manage_scams' },
  'POST /console/scams': {
    needs: 'guides.manage_scams',
    json: { subject: 'x.example.top', state: 'known_scam' },
  },
  'POST /console/scams/import': {
    needs: 'guides.manage_scams',
    json: { csv: 'y.example.top', source: 'test', sourceOn: '2026-11-26' },
  },
  'POST /console/scams/:id/moves': {
    needs: 'guides.manage_scams',
    json: { move: 'dropped', version: 1 },
  },
  'GET /console/settings': { needs: 'areas.manage' },
  'PUT /console/settings/agencies': {
    needs: 'areas.manage',
    json: {
      code: 'x',
      nameVi: 'X',
      nameEn: 'X',
      kind: 'other',
      validFrom: '2025-07-01',
    },
  },
  'PUT /console/settings/offices': {
    needs: 'areas.manage',
    json: {
      ...{ agencyCode: 'x', unitCode: '19867', nameVi: 'X', nameEn: 'X', addressVi: 'X' },
      ...{ hours: {}, source: 'test' },
    },
  },
  'PUT /console/settings/hamlets': {
    needs: 'areas.manage',
    json: {
      ...{ unitCode: '19867', name: 'Đông', kind: 'thon', lng: null, lat: null },
      ...{ validFrom: '2025-07-01', validTo: null, source: 'test' },
    },
  },
  'PUT /console/settings/routes': {
    needs: 'areas.manage',
    json: { category: 'road', unitCode: null, agencyCode: 'x', dueInWorkingDays: 5 },
  },
  'PUT /console/settings/calendar': {
    needs: 'areas.manage',
    json: {
      date: '2027-01-01',
      kind: 'holiday',
      nameVi: 'Tết',
      nameEn: 'New Year',
      source: 'test',
      confirmed: true,
    },
  },
  'DELETE /console/settings/calendar/:date': {
    needs: 'areas.manage',
    path: '/console/settings/calendar/2027-01-02',
  },
  'GET /console/sos': { needs: 'sos.handle' },
  'POST /console/sos/:id/moves': { needs: 'sos.handle', json: { move: 'claim' } },
  'GET /console/alerts': { needs: 'alerts.draft' },
  'POST /console/alerts': { needs: 'alerts.draft', json: warning },
  'PUT /console/alerts/:id': {
    needs: 'alerts.draft',
    json: { ...warning, version: 1 },
  },
  'POST /console/alerts/:id/moves': {
    needs: 'alerts.draft',
    json: { move: 'propose', version: 1 },
  },
  'POST /console/alerts/:id/follow': { needs: 'alerts.draft', json: { as: 'update' } },
  'POST /console/alert-reach': {
    needs: 'alerts.draft',
    json: { area: warning.area, kind: 'flood', level: 2 },
  },
  'GET /console/foreign-alerts': { needs: 'alerts.draft' },
  'POST /console/foreign-alerts/:id/draft': {
    needs: 'alerts.draft',
    json: { unitCode: '19867' },
  },
  'PUT /console/alert-stations/:code': {
    needs: 'alerts.issue',
    path: '/console/alert-stations/phu-oc',
    json: { isAutomatic: false },
  },
  'GET /console/stations': { needs: 'readings.watch' },
  'GET /console/flood-points': { needs: 'floods.manage' },
  'POST /console/flood-points': { needs: 'floods.manage', json: point },
  'PUT /console/flood-points/:id': { needs: 'floods.manage', json: { ...point, version: 1 } },
  'POST /console/flood-points/:id/close': { needs: 'floods.manage', json: { version: 1 } },
  'GET /console/alerts/:id/unreached': { needs: 'alerts.draft' },
  'POST /console/alerts/:id/call-list': {
    needs: 'alerts.draft',
    andAlso: 'identity.view_reporter',
    json: { reason: 'danger' },
  },
  'GET /console/notices': { needs: 'notices.draft' },
  'POST /console/notices': { needs: 'notices.draft', json: notice },
  'PUT /console/notices/:id': { needs: 'notices.draft', json: { ...notice, version: 1 } },
  'POST /console/notices/:id/moves': {
    needs: 'notices.draft',
    json: { move: 'propose', version: 1 },
  },
  'GET /console/notices/:id/forecast': { needs: 'notices.draft' },
  'POST /console/notices/:id/test': { needs: 'notices.draft' },
  'GET /console/notices/:id/progress': { needs: 'notices.draft' },
  'GET /console/notices/:id/stream': { needs: 'notices.draft' },
  'GET /console/notices/:id/unreached': { needs: 'notices.draft' },
  'GET /console/notices/:id/failures': { needs: 'notices.draft' },
  'POST /console/notices/:id/retry': { needs: 'notices.draft' },
  'POST /console/notices/:id/call-list': {
    needs: 'notices.draft',
    andAlso: 'identity.view_reporter',
    json: { reason: 'danger' },
  },
  'PUT /console/settings/populations': {
    needs: 'areas.manage',
    json: { unitCode: '19867', residents: 1, asOf: '2025-07-01', source: 'test' },
  },
  'PUT /console/settings/templates': { needs: 'areas.manage', json: { name: 'x', body: 'x' } },
  'DELETE /console/settings/templates/:id': { needs: 'areas.manage' },
  'PUT /console/settings/ladders': {
    needs: 'areas.manage',
    json: { validFrom: '2027-01-01', steps: [{ afterWorkingDays: 1, recipient: 'approver' }] },
  },
  'PUT /console/settings/retention': {
    needs: 'areas.manage',
    json: { kept: 'cases', validFrom: '2027-01-01', days: 90 },
  },
  'POST /console/settings/keys': {
    needs: 'open311.manage',
    json: { name: 'partner', rights: ['updates.read'] },
  },
  'DELETE /console/settings/keys/:name': { needs: 'open311.manage' },
  'GET /incidents/attention': { needs: 'incidents.read_desk' },
  'POST /incidents/attention/:id/seen': { needs: 'incidents.read_desk' },
  'POST /incidents/:id/notes': { needs: 'incidents.read_desk', json: { text: 'x' } },
  'PUT /incidents/:id/photos/:mediaId/redaction': {
    needs: 'incidents.redact',
    path: `/incidents/${ID}/photos/${ID}/redaction`,
    json: { boxes: [], seenAt: null },
  },
  'GET /incidents/satisfaction': { needs: 'incidents.read_desk' },
  'GET /officials': { needs: 'identity.manage_officials' },
  'PUT /officials/:id/provider': { needs: 'identity.manage_officials', json: { email: null } },
  'GET /duty': { needs: 'signed_in', path: `/duty?from=${LATER.startsAt}&days=7` },
  'POST /duty': { needs: 'identity.manage_roster', json: { officialId: ID, ...LATER } },
  'DELETE /duty/:id': { needs: 'identity.manage_roster' },
}

const ROLES: readonly Role[] = ['officer', 'dispatcher', 'approver', 'admin']
const CAPABILITIES: readonly Capability[] = [
  'duty',
  'onestop',
  'editor',
  'hamlet_head',
  'community_team',
  'identity_viewer',
]
const official = (roles: readonly Role[], capabilities: readonly Capability[]): Actor => ({
  kind: 'official',
  officialId: ID,
  roles,
  capabilities,
  unitCode: '19867',
  agencyCode: 'x',
})
const ACTORS: readonly (readonly [string, Actor | null])[] = [
  ['nobody', null],
  ['a resident', { kind: 'resident', residentId: ID }],
  ...ROLES.map((role) => [role, official([role], [])] as const),
  ...CAPABILITIES.map((capability) => [capability, official([], [capability])] as const),
  ['dispatcher and identity_viewer', official(['dispatcher'], ['identity_viewer'])],
]

let test: TestDb
beforeAll(async () => {
  test = await openDatabase()
  await test.truncate()
})
afterAll(() => test.close())

const isAllowed = (actor: Actor | null, { needs, andAlso }: Door): boolean =>
  actor?.kind === 'official' &&
  (needs === 'signed_in' || can(actor, needs)) &&
  (andAlso === undefined || can(actor, andAlso))

it('no door of the console stands without a rule, and no rule without its door', () => {
  const app = createApp(testDeps(test.db, testClock()))
  const doors = app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path.replace('/api/v1', '')}`)
  const ofConsole = [...new Set(doors)].filter((door) => / \/console\//.test(door))
  expect(ofConsole.filter((door) => !(door in DOORS))).toEqual([])
  expect(Object.keys(DOORS).filter((door) => !doors.includes(door))).toEqual([])
})

/** What the server says to a well-formed request of this actor at this door. */
async function knock(actor: Actor | null, name: string, door: Door): Promise<number> {
  const { request } = testApp(test.db, {}, (deps) =>
    createShell(deps, {
      authenticate: async () => actor,
      cookieName: 'loa_session',
      mount: (api) => {
        api.route('/', peopleRoutes())
        api.route('/', providerRoutes())
        api.route('/', deskIncidentRoutes())
        api.route('/', conversationDeskRoutes())
        api.route('/', misreadRoutes())
        api.route('/', scamRoutes())
        api.route('/', guideRoutes())
        api.route('/', teamRoutes())
        api.route('/', helpRoutes())
        api.route('/', sosRoutes())
        api.route('/', alertRoutes())
        api.route('/', floodRoutes())
        api.route('/', readingRoutes())
        api.route('/', foreignRoutes())
        api.route('/', noticeRoutes())
        api.route('/', consoleRoutes({ feed: () => createFeed(deps, digestEvents) }))
      },
    }),
  )
  const [method = 'GET', pattern = ''] = name.split(' ')
  const path = (door.path ?? pattern).replace(/:(id|date|name)/, ID)
  const { json } = door
  const answer = await request(`/api/v1${path}`, {
    method,
    headers: { cookie: 'loa_session=x' },
    ...(json === undefined ? {} : { json }),
  })
  await answer.body?.cancel()
  return answer.status
}

it.each(ACTORS)(
  '%s gets in where the table of rights says so, and nowhere else',
  async (_, actor) => {
    const wrong: string[] = []
    for (const [name, door] of Object.entries(DOORS)) {
      const status = await knock(actor, name, door)
      const refused = actor === null ? 401 : 403
      const isAsSaid = isAllowed(actor, door)
        ? status !== 401 && status !== 403
        : status === refused
      if (!isAsSaid) wrong.push(`${name}: ${status}`)
    }
    expect(wrong).toEqual([])
  },
)
