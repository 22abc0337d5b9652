import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { deviceLabel } from './device.ts'
import {
  CONSENT_PURPOSES,
  CodeSignIn,
  Me,
  MeChange,
  OidcFinish,
  ResidentSession,
  TelegramSignIn,
  ZaloCode,
  ZaloSignIn,
} from './schema.ts'
import { withdrawConsent } from './service/consents.ts'
import {
  type From,
  finishOidc,
  readZaloPhone,
  readZaloPlace,
  signInWithCode,
  signInWithTelegram,
  signInWithZalo,
  startOidc,
} from './service/host-sign-in.ts'
import { changeMe, findMe, ownResidentId } from './service/me.ts'
import { eraseResident } from './service/residents.ts'

const tags = ['identity']
const OPENED = json(ResidentSession, 'A bearer session')
const PROOF = ['identity.sign_in_off', 'identity.too_many_attempts', 'http.invalid_input'] as const
const ZALO = [
  ...PROOF,
  'identity.proof_invalid',
  'identity.host_abroad',
  'identity.host_away',
] as const
const OWN = ['http.unauthenticated', 'http.forbidden', 'http.not_found'] as const

const telegram = createRoute({
  method: 'post',
  path: '/session/telegram',
  operationId: 'signInWithTelegram',
  tags,
  summary: 'Exchange the initial data of a Telegram mini-app for a session',
  request: { body: jsonBody(TelegramSignIn) },
  responses: {
    200: OPENED,
    ...problems(...PROOF, 'identity.proof_invalid', 'identity.proof_expired'),
  },
})

const zalo = createRoute({
  method: 'post',
  path: '/session/zalo',
  operationId: 'signInWithZalo',
  tags,
  summary: 'Exchange an access token of the Zalo mini-app for a session',
  request: { body: jsonBody(ZaloSignIn) },
  responses: { 200: OPENED, ...problems(...ZALO) },
})

const zaloPlace = createRoute({
  method: 'post',
  path: '/session/zalo/place',
  operationId: 'readZaloPlace',
  tags,
  summary: 'The point behind a location code of Zalo; it is not kept',
  request: { body: jsonBody(ZaloCode) },
  responses: {
    200: json(z.object({ lng: z.number(), lat: z.number() }), 'The point'),
    ...problems(...ZALO),
  },
})

const zaloPhone = createRoute({
  method: 'post',
  path: '/session/zalo/phone',
  operationId: 'readZaloPhone',
  tags,
  summary: 'The number behind a phone code of Zalo; it is not kept',
  request: { body: jsonBody(ZaloCode) },
  responses: { 200: json(z.object({ phone: z.string() }), 'The number'), ...problems(...ZALO) },
})

const oidcStart = createRoute({
  method: 'post',
  path: '/session/oidc/start',
  operationId: 'startOidc',
  tags,
  summary: 'Where to send the person, and the ticket to bring back with the answer',
  responses: {
    200: json(z.object({ url: z.string(), ticket: z.string() }), 'Address and ticket'),
    ...problems('identity.sign_in_off', 'identity.host_away'),
  },
})

const oidcFinish = createRoute({
  method: 'post',
  path: '/session/oidc',
  operationId: 'finishOidc',
  tags,
  summary: 'Exchange the answer of the OpenID provider for a session',
  request: { body: jsonBody(OidcFinish) },
  responses: {
    200: OPENED,
    ...problems(...PROOF, 'identity.proof_invalid', 'identity.proof_expired', 'identity.host_away'),
  },
})

const code = createRoute({
  method: 'post',
  path: '/session/code',
  operationId: 'signInWithCode',
  tags,
  summary: 'Exchange a link code from a chat for a session of the same person',
  request: { body: jsonBody(CodeSignIn) },
  responses: {
    200: OPENED,
    ...problems('identity.code_invalid', 'identity.too_many_attempts', 'http.invalid_input'),
  },
})

const readMe = createRoute({
  method: 'get',
  path: '/me',
  operationId: 'getMe',
  tags,
  summary: 'What is kept about the resident who is signed in',
  responses: { 200: json(Me, 'The own record'), ...problems(...OWN) },
})

const correctMe = createRoute({
  method: 'patch',
  path: '/me',
  operationId: 'correctMe',
  tags,
  summary: 'Correct the own name or language',
  request: { body: jsonBody(MeChange) },
  responses: { 200: json(Me, 'The own record'), ...problems(...OWN, 'http.invalid_input') },
})

const eraseMe = createRoute({
  method: 'delete',
  path: '/me',
  operationId: 'eraseMe',
  tags,
  summary: 'Take the person out: name, chats, sessions; what was reported stays without them',
  responses: { 204: { description: 'Erased, and signed out' }, ...problems(...OWN) },
})

const withdraw = createRoute({
  method: 'delete',
  path: '/me/consents/{purpose}',
  operationId: 'withdrawConsent',
  tags,
  summary: 'Withdraw a consent; again changes nothing',
  request: { params: z.object({ purpose: z.enum(CONSENT_PURPOSES) }) },
  responses: { 204: { description: 'Withdrawn' }, ...problems(...OWN, 'http.invalid_input') },
})

type Vars = { var: { remote: string }; req: { header(name: string): string | undefined } }
const fromOf = (c: Vars): From => ({
  remoteKey: c.var.remote,
  label: deviceLabel(c.req.header('user-agent')),
})

/** Sessions of residents, whom a host or a code proves, and their own record. */
export function residentRoutes() {
  return newRouter()
    .openapi(telegram, async (c) =>
      c.json(await signInWithTelegram(c.var.ctx, c.req.valid('json'), fromOf(c)), 200),
    )
    .openapi(zalo, async (c) =>
      c.json(await signInWithZalo(c.var.ctx, c.req.valid('json'), fromOf(c)), 200),
    )
    .openapi(zaloPlace, async (c) =>
      c.json(await readZaloPlace(c.var.ctx, c.req.valid('json')), 200),
    )
    .openapi(zaloPhone, async (c) =>
      c.json({ phone: await readZaloPhone(c.var.ctx, c.req.valid('json')) }, 200),
    )
    .openapi(oidcStart, async (c) => c.json(await startOidc(c.var.ctx), 200))
    .openapi(oidcFinish, async (c) =>
      c.json(await finishOidc(c.var.ctx, c.req.valid('json'), fromOf(c)), 200),
    )
    .openapi(code, async (c) =>
      c.json(await signInWithCode(c.var.ctx, c.req.valid('json'), fromOf(c)), 200),
    )
    .openapi(readMe, async (c) =>
      c.json(await findMe(c.var.ctx, { residentId: ownResidentId(c.var.ctx) }), 200),
    )
    .openapi(correctMe, async (c) => {
      const residentId = ownResidentId(c.var.ctx)
      return c.json(await changeMe(c.var.ctx, { residentId, change: c.req.valid('json') }), 200)
    })
    .openapi(eraseMe, async (c) => {
      await eraseResident(c.var.ctx, ownResidentId(c.var.ctx))
      return c.body(null, 204)
    })
    .openapi(withdraw, async (c) => {
      const { purpose } = c.req.valid('param')
      await withdrawConsent(c.var.ctx, { residentId: ownResidentId(c.var.ctx), purpose })
      return c.body(null, 204)
    })
}

export type ResidentClient = ReturnType<typeof residentRoutes>
