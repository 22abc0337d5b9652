import type { Context } from 'hono'
import {
  createRoute,
  type HttpEnv,
  json,
  jsonBody,
  newRouter,
  problems,
  z,
} from '../../http/kit.ts'
import { deviceLabel } from './device.ts'
import { sessionCookie } from './lucia.ts'
import { Official } from './schema.ts'
import {
  BeginFactor,
  ConfirmPasskey,
  ConfirmTotp,
  FactorList,
  OwnPassword,
  SecondStep,
} from './schema-officials.ts'
import {
  beginPasskey,
  beginTotp,
  confirmPasskey,
  confirmTotp,
  listFactors,
  removeFactor,
  renewOwnRecoveryCodes,
} from './service/factors.ts'
import type { From, SignedIn } from './service/open-session.ts'
import {
  beginPasskeySignIn,
  beginSecondPasskey,
  finishPasskeySignIn,
} from './service/passkey-sign-in.ts'
import { passSecondStep } from './service/second-step.ts'

const tags = ['identity']
const STEP = ['identity.step_over', 'identity.wrong_code', 'identity.too_many_attempts'] as const
const OWN = ['http.unauthenticated', 'http.forbidden', 'identity.wrong_login'] as const
const Challenge = z.object({ challenge: z.string().max(100) })
const Opened = z.object({ challenge: z.string(), expiresAt: z.string() })
const WebAuthnOptions = Opened.extend({ options: z.record(z.string(), z.unknown()) })
const SignedInView = z.object({ official: Official })
const Added = z.object({
  recoveryCodes: z.array(z.string()).nullable().meta({ description: 'Shown once' }),
  official: Official.nullable().meta({ description: 'At the end of a sign-in' }),
})

const post = <B extends z.ZodType, R extends z.ZodType>(
  route: { path: string; operationId: string; summary: string; body: B; answer: R },
  ...errors: Parameters<typeof problems>
) =>
  createRoute({
    method: 'post',
    path: route.path,
    operationId: route.operationId,
    tags,
    summary: route.summary,
    request: { body: jsonBody(route.body) },
    responses: {
      200: json(route.answer, route.summary),
      ...problems('http.invalid_input', ...errors),
    },
  })

const secondStep = post(
  {
    path: '/session/second-step',
    operationId: 'passSecondStep',
    summary: 'The second step of a sign-in: a code, a recovery code or a passkey; sets the cookie',
    body: SecondStep,
    answer: SignedInView,
  },
  ...STEP,
)
const secondPasskey = post(
  {
    path: '/session/second-step/passkey',
    operationId: 'beginSecondPasskey',
    summary: 'What the browser needs to use a passkey as the second step',
    body: Challenge,
    answer: WebAuthnOptions,
  },
  ...STEP,
  'identity.passkeys_off',
)
const beginSignIn = createRoute({
  method: 'post',
  path: '/session/passkey/begin',
  operationId: 'beginPasskeySignIn',
  tags,
  summary: 'What the browser needs to sign in by passkey alone',
  responses: {
    200: json(WebAuthnOptions, 'Options of WebAuthn'),
    ...problems('identity.passkeys_off', 'identity.too_many_attempts'),
  },
})
const finishSignIn = post(
  {
    path: '/session/passkey',
    operationId: 'finishPasskeySignIn',
    summary: 'Sign in by passkey alone; sets the cookie',
    body: ConfirmPasskey,
    answer: SignedInView,
  },
  ...STEP,
)
const list = createRoute({
  method: 'get',
  path: '/factors',
  operationId: 'listFactors',
  tags,
  summary: 'The own second factors',
  responses: {
    200: json(FactorList, 'Factors and recovery codes left'),
    ...problems('http.unauthenticated', 'http.forbidden'),
  },
})
const addTotp = post(
  {
    path: '/factors/totp',
    operationId: 'beginTotp',
    summary: 'A secret for an authenticator app, to be confirmed by a code',
    body: BeginFactor,
    answer: Opened.extend({ secret: z.string(), uri: z.string() }),
  },
  ...STEP,
  ...OWN,
)
const finishTotp = post(
  {
    path: '/factors/totp/confirm',
    operationId: 'confirmTotp',
    summary: 'Confirm the authenticator; within a sign-in this sets the cookie',
    body: ConfirmTotp,
    answer: Added,
  },
  ...STEP,
  'http.conflict',
)
const addPasskey = post(
  {
    path: '/factors/passkey',
    operationId: 'beginPasskey',
    summary: 'What the browser needs to make a passkey',
    body: BeginFactor,
    answer: WebAuthnOptions,
  },
  ...STEP,
  ...OWN,
  'identity.passkeys_off',
)
const finishPasskey = post(
  {
    path: '/factors/passkey/confirm',
    operationId: 'confirmPasskey',
    summary: 'Keep the passkey that the browser made; within a sign-in this sets the cookie',
    body: ConfirmPasskey,
    answer: Added,
  },
  ...STEP,
  'http.conflict',
)
const newCodes = post(
  {
    path: '/factors/recovery-codes',
    operationId: 'renewRecoveryCodes',
    summary: 'Ten new recovery codes; the former ones end',
    body: OwnPassword,
    answer: z.object({ recoveryCodes: z.array(z.string()) }),
  },
  ...OWN,
  'identity.too_many_attempts',
  'http.conflict',
)
const remove = createRoute({
  method: 'post',
  path: '/factors/{id}/remove',
  operationId: 'removeFactor',
  tags,
  summary: 'Take one of the own factors away',
  request: { params: z.object({ id: z.uuid() }), body: jsonBody(OwnPassword) },
  responses: {
    204: { description: 'Taken away' },
    ...problems(
      ...OWN,
      'http.not_found',
      'http.invalid_input',
      'identity.second_factor_needed',
      'identity.too_many_attempts',
    ),
  },
})

const fromOf = (c: Context<HttpEnv>): From => ({
  remoteKey: c.var.remote,
  label: deviceLabel(c.req.header('user-agent')),
})

/** The session's secret goes into the cookie and nowhere else. */
function enter(c: Context<HttpEnv>, { secret, official }: SignedIn): { official: Official } {
  c.header('set-cookie', sessionCookie(c.var.ctx.settings, secret))
  return { official }
}

/** Second factors of officials, and the sign-ins that use them. */
export function factorRoutes() {
  return newRouter()
    .openapi(secondStep, async (c) =>
      c.json(enter(c, await passSecondStep(c.var.ctx, c.req.valid('json'), fromOf(c))), 200),
    )
    .openapi(secondPasskey, async (c) => {
      const { options, ...opened } = await beginSecondPasskey(c.var.ctx, c.req.valid('json'))
      return c.json({ ...opened, options: { ...options } }, 200)
    })
    .openapi(beginSignIn, async (c) => {
      const { options, ...opened } = await beginPasskeySignIn(c.var.ctx, fromOf(c))
      return c.json({ ...opened, options: { ...options } }, 200)
    })
    .openapi(finishSignIn, async (c) =>
      c.json(enter(c, await finishPasskeySignIn(c.var.ctx, c.req.valid('json'), fromOf(c))), 200),
    )
    .openapi(list, async (c) => c.json(await listFactors(c.var.ctx), 200))
    .openapi(addTotp, async (c) => c.json(await beginTotp(c.var.ctx, c.req.valid('json')), 200))
    .openapi(finishTotp, async (c) => {
      const added = await confirmTotp(c.var.ctx, c.req.valid('json'), fromOf(c))
      const official = added.signedIn === null ? null : enter(c, added.signedIn).official
      return c.json({ recoveryCodes: added.recoveryCodes, official }, 200)
    })
    .openapi(addPasskey, async (c) => {
      const { options, ...opened } = await beginPasskey(c.var.ctx, c.req.valid('json'))
      return c.json({ ...opened, options: { ...options } }, 200)
    })
    .openapi(finishPasskey, async (c) => {
      const added = await confirmPasskey(c.var.ctx, c.req.valid('json'), fromOf(c))
      const official = added.signedIn === null ? null : enter(c, added.signedIn).official
      return c.json({ recoveryCodes: added.recoveryCodes, official }, 200)
    })
    .openapi(newCodes, async (c) => {
      const recoveryCodes = await renewOwnRecoveryCodes(c.var.ctx, c.req.valid('json'))
      return c.json({ recoveryCodes }, 200)
    })
    .openapi(remove, async (c) => {
      const { password } = c.req.valid('json')
      await removeFactor(c.var.ctx, { factorId: c.req.valid('param').id, password })
      return c.body(null, 204)
    })
}
