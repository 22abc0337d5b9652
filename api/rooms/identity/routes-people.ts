import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { deviceLabel } from './device.ts'
import { sessionCookie } from './lucia.ts'
import { Official, PasswordChange } from './schema.ts'
import {
  AcceptInvite,
  ChangeOfficial,
  Colleague,
  Delegation,
  Invitation,
  InviteOfficial,
  NewDelegation,
  NewShift,
  NextStep,
  OfficialRecord,
  Shift,
} from './schema-officials.ts'
import { delegateApproval, listDelegations, revokeDelegation } from './service/delegations.ts'
import {
  acceptInvite,
  changeOfficial,
  inviteOfficial,
  listOfficials,
  readInvite,
  reinviteOfficial,
  retireOfficial,
} from './service/people.ts'
import { addShift, listColleagues, listShifts, removeShift } from './service/roster.ts'
import { changeOwnPassword } from './service/sign-in.ts'

const tags = ['identity']
const OWN = ['http.unauthenticated', 'http.forbidden'] as const
const Id = z.object({ id: z.uuid() })
const Token = z.object({ token: z.string().max(100) })
const DAY_MS = 86_400_000
/** Two months of roster are one page. */
const Span = z.object({
  from: z.iso.datetime({ offset: true }),
  days: z.coerce.number().int().min(1).max(62).default(14),
})

const officials = createRoute({
  method: 'get',
  path: '/officials',
  operationId: 'listOfficials',
  tags,
  summary: 'Everybody who has or had an account',
  responses: {
    200: json(z.object({ officials: z.array(OfficialRecord) }), 'Accounts by name'),
    ...problems(...OWN),
  },
})
const invite = createRoute({
  method: 'post',
  path: '/officials',
  operationId: 'inviteOfficial',
  tags,
  summary: 'A new account; its owner sets the password by the link in the answer',
  request: { body: jsonBody(InviteOfficial) },
  responses: {
    201: json(Invitation, 'The link, shown once'),
    ...problems(...OWN, 'http.invalid_input', 'identity.login_taken'),
  },
})
const reinvite = createRoute({
  method: 'post',
  path: '/officials/{id}/invite',
  operationId: 'reinviteOfficial',
  tags,
  summary: 'A new link; what the account signed in with ends, and so do its sessions',
  request: { params: Id },
  responses: {
    201: json(Invitation, 'The link, shown once'),
    ...problems(
      ...OWN,
      'http.not_found',
      'http.conflict',
      'identity.not_yourself',
      'http.invalid_input',
    ),
  },
})
const change = createRoute({
  method: 'put',
  path: '/officials/{id}',
  operationId: 'changeOfficial',
  tags,
  summary: 'Name, roles, capabilities and place of work',
  request: { params: Id, body: jsonBody(ChangeOfficial) },
  responses: {
    200: json(OfficialRecord, 'As it is now'),
    ...problems(
      ...OWN,
      'http.not_found',
      'http.conflict',
      'identity.not_yourself',
      'http.invalid_input',
    ),
  },
})
const retire = createRoute({
  method: 'post',
  path: '/officials/{id}/retire',
  operationId: 'retireOfficial',
  tags,
  summary: 'End an account and its sessions at once; again changes nothing',
  request: { params: Id },
  responses: {
    200: json(OfficialRecord, 'As it is now'),
    ...problems(...OWN, 'http.not_found', 'identity.not_yourself', 'http.invalid_input'),
  },
})
const whoseInvite = createRoute({
  method: 'post',
  path: '/invite/read',
  operationId: 'readInvite',
  tags,
  summary: 'Whose invitation a link is',
  request: { body: jsonBody(Token) },
  responses: {
    200: json(z.object({ login: z.string(), displayName: z.string() }), 'Login and name'),
    ...problems('identity.step_over', 'http.invalid_input'),
  },
})
const takeInvite = createRoute({
  method: 'post',
  path: '/invite',
  operationId: 'acceptInvite',
  tags,
  summary: 'Set the password of an invited account and sign in, or learn the next step',
  request: { body: jsonBody(AcceptInvite) },
  responses: {
    200: json(z.object({ official: Official.nullable(), step: NextStep }), 'As after a sign-in'),
    ...problems('identity.step_over', 'identity.weak_password', 'http.invalid_input'),
  },
})
const password = createRoute({
  method: 'post',
  path: '/password',
  operationId: 'changeOwnPassword',
  tags,
  summary: 'Change the own password; all other sessions end',
  request: { body: jsonBody(PasswordChange) },
  responses: {
    204: { description: 'Changed' },
    ...problems(
      ...OWN,
      'identity.wrong_login',
      'identity.weak_password',
      'identity.too_many_attempts',
      'http.conflict',
      'http.invalid_input',
    ),
  },
})
const colleagues = createRoute({
  method: 'get',
  path: '/colleagues',
  operationId: 'listColleagues',
  tags,
  summary: 'Colleagues of the own unit',
  responses: {
    200: json(z.object({ colleagues: z.array(Colleague) }), 'By name'),
    ...problems(...OWN),
  },
})
const shifts = createRoute({
  method: 'get',
  path: '/duty',
  operationId: 'listShifts',
  tags,
  summary: 'The duty roster of the own unit',
  request: { query: Span },
  responses: {
    200: json(z.object({ shifts: z.array(Shift) }), 'The earliest first'),
    ...problems(...OWN, 'http.invalid_input'),
  },
})
const newShift = createRoute({
  method: 'post',
  path: '/duty',
  operationId: 'addShift',
  tags,
  summary: 'Put a colleague on the duty roster',
  request: { body: jsonBody(NewShift) },
  responses: {
    201: json(Shift, 'The shift'),
    ...problems(...OWN, 'http.not_found', 'http.invalid_input'),
  },
})
const dropShift = createRoute({
  method: 'delete',
  path: '/duty/{id}',
  operationId: 'removeShift',
  tags,
  summary: 'Take a shift from the roster',
  request: { params: Id },
  responses: {
    204: { description: 'Taken away' },
    ...problems(...OWN, 'http.not_found', 'http.invalid_input'),
  },
})
const delegations = createRoute({
  method: 'get',
  path: '/delegations',
  operationId: 'listDelegations',
  tags,
  summary: 'Who approves in whose place, as far as it concerns the caller',
  responses: {
    200: json(z.object({ delegations: z.array(Delegation) }), 'Now and later'),
    ...problems(...OWN),
  },
})
const delegate = createRoute({
  method: 'post',
  path: '/delegations',
  operationId: 'delegateApproval',
  tags,
  summary: 'Let a colleague approve in the own place for a while',
  request: { body: jsonBody(NewDelegation) },
  responses: {
    204: { description: 'Noted' },
    ...problems(...OWN, 'http.not_found', 'http.invalid_input', 'identity.second_factor_needed'),
  },
})
const revoke = createRoute({
  method: 'delete',
  path: '/delegations/{id}',
  operationId: 'revokeDelegation',
  tags,
  summary: 'End a delegation at once',
  request: { params: Id },
  responses: {
    204: { description: 'Ended' },
    ...problems(...OWN, 'http.not_found', 'http.invalid_input'),
  },
})

/** Accounts, invitations, the duty roster and who approves for whom. */
export function peopleRoutes() {
  return newRouter()
    .openapi(officials, async (c) => c.json({ officials: await listOfficials(c.var.ctx) }, 200))
    .openapi(invite, async (c) => c.json(await inviteOfficial(c.var.ctx, c.req.valid('json')), 201))
    .openapi(reinvite, async (c) =>
      c.json(await reinviteOfficial(c.var.ctx, { officialId: c.req.valid('param').id }), 201),
    )
    .openapi(change, async (c) => {
      const input = { officialId: c.req.valid('param').id, ...c.req.valid('json') }
      return c.json(await changeOfficial(c.var.ctx, input), 200)
    })
    .openapi(retire, async (c) =>
      c.json(await retireOfficial(c.var.ctx, { officialId: c.req.valid('param').id }), 200),
    )
    .openapi(whoseInvite, async (c) =>
      c.json(await readInvite(c.var.ctx, c.req.valid('json')), 200),
    )
    .openapi(takeInvite, async (c) => {
      const { ctx, remote: remoteKey } = c.var
      const label = deviceLabel(c.req.header('user-agent'))
      const result = await acceptInvite(ctx, c.req.valid('json'), { remoteKey, label })
      if (result.next !== 'none') return c.json({ official: null, step: result }, 200)
      c.header('set-cookie', sessionCookie(ctx.settings, result.secret))
      return c.json({ official: result.official, step: { next: result.next } }, 200)
    })
    .openapi(password, async (c) => {
      await changeOwnPassword(c.var.ctx, c.req.valid('json'))
      return c.body(null, 204)
    })
    .openapi(colleagues, async (c) => c.json({ colleagues: await listColleagues(c.var.ctx) }, 200))
    .openapi(shifts, async (c) => {
      const { from, days } = c.req.valid('query')
      const start = new Date(from)
      const span = { from: start, to: new Date(start.getTime() + days * DAY_MS) }
      return c.json({ shifts: await listShifts(c.var.ctx, span) }, 200)
    })
    .openapi(newShift, async (c) => c.json(await addShift(c.var.ctx, c.req.valid('json')), 201))
    .openapi(dropShift, async (c) => {
      await removeShift(c.var.ctx, { shiftId: c.req.valid('param').id })
      return c.body(null, 204)
    })
    .openapi(delegations, async (c) =>
      c.json({ delegations: await listDelegations(c.var.ctx) }, 200),
    )
    .openapi(delegate, async (c) => {
      await delegateApproval(c.var.ctx, c.req.valid('json'))
      return c.body(null, 204)
    })
    .openapi(revoke, async (c) => {
      await revokeDelegation(c.var.ctx, { delegationId: c.req.valid('param').id })
      return c.body(null, 204)
    })
}
