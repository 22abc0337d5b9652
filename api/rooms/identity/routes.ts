import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { deviceLabel } from './device.ts'
import { clearedCookie, sessionCookie } from './lucia.ts'
import { CONSENT_PURPOSES, ConsentTextView, Official, SessionView, SignIn } from './schema.ts'
import { NextStep } from './schema-officials.ts'
import { consentTextView, currentConsentText } from './service/consents.ts'
import { findOwnOfficial } from './service/officials.ts'
import { listSessions, revokeAllSessions, revokeSession, signOut } from './service/sessions.ts'
import { signIn } from './service/sign-in.ts'

const tags = ['identity']

const createSession = createRoute({
  method: 'post',
  path: '/session',
  operationId: 'signIn',
  tags,
  summary: 'Login and password of an official: sets the session cookie, or names the next step',
  request: { body: jsonBody(SignIn) },
  responses: {
    200: json(
      z.object({ official: Official.nullable(), step: NextStep }),
      'Signed in, or what is still missing',
    ),
    ...problems('identity.wrong_login', 'identity.too_many_attempts', 'http.invalid_input'),
  },
})

const readSession = createRoute({
  method: 'get',
  path: '/session',
  operationId: 'getSession',
  tags,
  summary: 'The official who is signed in, or null',
  responses: { 200: json(z.object({ official: Official.nullable() }), 'Who is signed in') },
})

const deleteSession = createRoute({
  method: 'delete',
  path: '/session',
  operationId: 'signOut',
  tags,
  summary: 'Sign out of this device; again changes nothing',
  responses: { 204: { description: 'Signed out' } },
})

const listOwnSessions = createRoute({
  method: 'get',
  path: '/sessions',
  operationId: 'listSessions',
  tags,
  summary: 'The own signed-in devices, the last used first',
  responses: {
    200: json(z.object({ sessions: z.array(SessionView) }), 'Own sessions'),
    ...problems('http.unauthenticated'),
  },
})

const revokeOwnSession = createRoute({
  method: 'delete',
  path: '/sessions/{id}',
  operationId: 'revokeSession',
  tags,
  summary: 'Sign one of the own devices out',
  request: { params: z.object({ id: z.uuid() }) },
  responses: {
    204: { description: 'Signed out there' },
    ...problems('http.unauthenticated', 'http.not_found', 'http.invalid_input'),
  },
})

const revokeOwnSessions = createRoute({
  method: 'delete',
  path: '/sessions',
  operationId: 'revokeAllSessions',
  tags,
  summary: 'Sign out everywhere, here too',
  responses: {
    200: json(z.object({ revoked: z.number().int() }), 'Signed out everywhere'),
    ...problems('http.unauthenticated'),
  },
})

const getConsentText = createRoute({
  method: 'get',
  path: '/consents/texts',
  operationId: 'getConsentText',
  tags,
  summary: 'The text to agree to, in the language of the request',
  request: { query: z.object({ purpose: z.enum(CONSENT_PURPOSES) }) },
  responses: {
    200: json(ConsentTextView, 'The current text'),
    ...problems('http.not_found', 'http.invalid_input'),
  },
})

/** Sessions of officials and the texts of consent. */
export function identityRoutes() {
  return newRouter()
    .openapi(createSession, async (c) => {
      const { ctx, remote: remoteKey } = c.var
      const label = deviceLabel(c.req.header('user-agent'))
      const result = await signIn(ctx, c.req.valid('json'), { remoteKey, label })
      if (result.next !== 'none') return c.json({ official: null, step: result }, 200)
      c.header('set-cookie', sessionCookie(ctx.settings, result.secret))
      return c.json({ official: result.official, step: { next: result.next } }, 200)
    })
    .openapi(readSession, async (c) => c.json({ official: await findOwnOfficial(c.var.ctx) }, 200))
    .openapi(deleteSession, async (c) => {
      await signOut(c.var.ctx)
      c.header('set-cookie', clearedCookie(c.var.ctx.settings))
      return c.body(null, 204)
    })
    .openapi(listOwnSessions, async (c) => c.json({ sessions: await listSessions(c.var.ctx) }, 200))
    .openapi(revokeOwnSession, async (c) => {
      await revokeSession(c.var.ctx, { sessionId: c.req.valid('param').id })
      return c.body(null, 204)
    })
    .openapi(revokeOwnSessions, async (c) => {
      const revoked = await revokeAllSessions(c.var.ctx)
      c.header('set-cookie', clearedCookie(c.var.ctx.settings))
      return c.json({ revoked }, 200)
    })
    .openapi(getConsentText, async (c) => {
      const { db, language } = c.var.ctx
      const text = await currentConsentText(db, c.req.valid('query').purpose)
      return c.json(consentTextView(text, language), 200)
    })
}

export type IdentityClient = ReturnType<typeof identityRoutes>
