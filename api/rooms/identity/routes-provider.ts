import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { deviceLabel } from './device.ts'
import { sessionCookie } from './lucia.ts'
import { Official, OidcFinish } from './schema.ts'
import { NextStep, ProviderAccount } from './schema-officials.ts'
import {
  finishOfficialSignIn,
  saveProviderAccount,
  startOfficialSignIn,
} from './service/official-provider.ts'

const tags = ['identity']

const start = createRoute({
  method: 'post',
  path: '/session/provider/start',
  operationId: 'startOfficialSignIn',
  tags,
  summary: 'Where to send an official of the province, and the ticket to bring back',
  responses: {
    200: json(z.object({ url: z.string(), ticket: z.string() }), 'Address and ticket'),
    ...problems('identity.sign_in_off', 'identity.host_away'),
  },
})

const finish = createRoute({
  method: 'post',
  path: '/session/provider',
  operationId: 'finishOfficialSignIn',
  tags,
  summary: 'Exchange the provider’s answer: sets the session cookie, or names the next step',
  request: { body: jsonBody(OidcFinish) },
  responses: {
    200: json(
      z.object({ official: Official.nullable(), step: NextStep }),
      'Signed in, or what is still missing',
    ),
    ...problems(
      'http.invalid_input',
      'identity.sign_in_off',
      'identity.too_many_attempts',
      'identity.proof_invalid',
      'identity.proof_expired',
      'identity.not_invited',
      'identity.host_away',
    ),
  },
})

const account = createRoute({
  method: 'put',
  path: '/officials/{id}/provider',
  operationId: 'saveProviderAccount',
  tags,
  summary: 'The address by which an official comes from the province’s accounts; null: none',
  request: { params: z.object({ id: z.uuid() }), body: jsonBody(ProviderAccount) },
  responses: {
    204: { description: 'Kept; another address than before ends link and sessions' },
    ...problems(
      'http.invalid_input',
      'http.unauthenticated',
      'http.forbidden',
      'http.not_found',
      'http.conflict',
      'identity.not_yourself',
    ),
  },
})

/** Sign-in of officials through the province's OpenID provider. */
export const providerRoutes = () =>
  newRouter()
    .openapi(start, async (c) => c.json(await startOfficialSignIn(c.var.ctx), 200))
    .openapi(finish, async (c) => {
      const { ctx, remote: remoteKey } = c.var
      const label = deviceLabel(c.req.header('user-agent'))
      const result = await finishOfficialSignIn(ctx, c.req.valid('json'), { remoteKey, label })
      if (result.next !== 'none') return c.json({ official: null, step: result }, 200)
      c.header('set-cookie', sessionCookie(ctx.settings, result.secret))
      return c.json({ official: result.official, step: { next: result.next } }, 200)
    })
    .openapi(account, async (c) => {
      const { id: officialId } = c.req.valid('param')
      await saveProviderAccount(c.var.ctx, { ...c.req.valid('json'), officialId })
      return c.body(null, 204)
    })
