import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { ownId } from './own.ts'
import { LIFE_EVENTS } from './policy/life-events.ts'
import { ProcedureView } from './procedure-schema.ts'
import { AcceptDelegation, EndDelegation, FollowedView, FollowInput, LookUp } from './schema.ts'
import type { Agreed } from './service/consent.ts'
import { acceptDelegation, delegateDossier, endDelegation } from './service/delegation.ts'
import { followDossier, listFollowed, unfollowDossier } from './service/follow.ts'
import { findProcedures, getProcedure, listLifeEvents } from './service/procedures.ts'

const tags = ['dossiers']
const OWN = ['http.unauthenticated', 'http.forbidden'] as const
const Followed = z.object({ items: z.array(FollowedView) })
const ByCode = LookUp.pick({ code: true })

const agreedOf = (version: number | undefined): { agreed?: Agreed } =>
  version === undefined ? {} : { agreed: { version, channel: 'miniapp' } }

const list = createRoute({
  method: 'get',
  path: '/dossiers/followed',
  operationId: 'listFollowedDossiers',
  summary: 'The dossiers that the person follows, each as far as they may see it',
  tags,
  responses: { 200: json(Followed, 'The dossiers'), ...problems(...OWN) },
})

const follow = createRoute({
  method: 'post',
  path: '/dossiers/followed',
  operationId: 'followDossier',
  summary: 'Follow a dossier; with the last four digits messages also name details',
  tags,
  request: { body: jsonBody(FollowInput) },
  responses: {
    200: json(Followed, 'All that is followed now'),
    ...problems(
      ...OWN,
      'http.invalid_input',
      'http.rate_limited',
      'identity.consent_missing',
      'identity.consent_stale',
      'dossiers.not_found',
      'dossiers.code_invalid',
      'dossiers.too_many_tries',
      'dossiers.too_many_follows',
    ),
  },
})

const unfollow = createRoute({
  method: 'post',
  path: '/dossiers/followed/end',
  operationId: 'unfollowDossier',
  summary: 'No longer follow a dossier; whoever was let in no longer follows it either',
  tags,
  request: { body: jsonBody(ByCode) },
  responses: { 204: { description: 'Ended' }, ...problems(...OWN, 'http.invalid_input') },
})

const delegate = createRoute({
  method: 'post',
  path: '/dossiers/delegations',
  operationId: 'delegateDossier',
  summary: 'A code with which a relative may follow this dossier; once, 24 hours',
  tags,
  request: { body: jsonBody(ByCode) },
  responses: {
    201: json(z.object({ code: z.string(), expiresAt: z.string() }), 'The code, shown this once'),
    ...problems(...OWN, 'http.invalid_input', 'dossiers.not_found'),
  },
})

const accept = createRoute({
  method: 'post',
  path: '/dossiers/delegations/accept',
  operationId: 'acceptDossierDelegation',
  summary: 'Follow a dossier with the code of its owner',
  tags,
  request: { body: jsonBody(AcceptDelegation) },
  responses: {
    200: json(Followed, 'All that is followed now'),
    ...problems(
      ...OWN,
      'http.invalid_input',
      'identity.consent_missing',
      'identity.consent_stale',
      'dossiers.delegation_unknown',
      'dossiers.too_many_tries',
      'dossiers.too_many_follows',
    ),
  },
})

const endDelegated = createRoute({
  method: 'post',
  path: '/dossiers/delegations/end',
  operationId: 'endDossierDelegation',
  summary: 'Let a relative, or everybody, follow a dossier no longer; take back codes that are out',
  tags,
  request: { body: jsonBody(EndDelegation) },
  responses: { 204: { description: 'Ended' }, ...problems(...OWN, 'http.invalid_input') },
})

const procedures = createRoute({
  method: 'get',
  path: '/procedures',
  operationId: 'findProcedures',
  summary: 'Procedures by plain words (no tone marks needed) or by life event',
  tags,
  request: {
    query: z.object({
      q: z.string().max(300).optional().meta({ example: 'khai sinh cần giấy chi' }),
      lifeEvent: z.string().max(30).optional(),
    }),
  },
  responses: {
    200: json(
      z.object({ isClear: z.boolean(), items: z.array(ProcedureView) }),
      'Best first; `isClear`: the first is meant',
    ),
    ...problems('http.invalid_input'),
  },
})

const procedure = createRoute({
  method: 'get',
  path: '/procedures/{code}',
  operationId: 'getProcedure',
  summary: 'Papers, time, fee, place and source of one procedure',
  tags,
  request: { params: z.object({ code: z.string().max(40) }) },
  responses: {
    200: json(ProcedureView, 'The procedure'),
    ...problems('dossiers.procedure_unknown'),
  },
})

const events = createRoute({
  method: 'get',
  path: '/procedures/events',
  operationId: 'listLifeEvents',
  summary: 'What happens in life and has procedures',
  tags,
  responses: {
    200: json(
      z.object({ events: z.array(z.object({ id: z.enum(LIFE_EVENTS), name: z.string() })) }),
      'The events, in the order in which they are offered',
    ),
  },
})

/** What residents do with dossiers and procedures beside looking one up. */
export function followRoutes() {
  return newRouter()
    .openapi(list, async (c) => {
      const { ctx } = c.var
      return c.json({ items: await listFollowed(ctx, { residentId: ownId(ctx) }) }, 200)
    })
    .openapi(follow, async (c) => {
      const { ctx, remote } = c.var
      const residentId = ownId(ctx)
      const { code, digits, consentVersion } = c.req.valid('json')
      const looker = { remote, person: residentId }
      const input = { residentId, code, ...(digits === undefined ? {} : { digits }) }
      await followDossier(ctx, { ...input, ...agreedOf(consentVersion) }, looker)
      return c.json({ items: await listFollowed(ctx, { residentId }) }, 200)
    })
    .openapi(unfollow, async (c) => {
      const { ctx } = c.var
      await unfollowDossier(ctx, { residentId: ownId(ctx), code: c.req.valid('json').code })
      return c.body(null, 204)
    })
    .openapi(delegate, async (c) => {
      const { ctx } = c.var
      const { code } = c.req.valid('json')
      return c.json(await delegateDossier(ctx, { residentId: ownId(ctx), code }), 201)
    })
    .openapi(accept, async (c) => {
      const { ctx, remote } = c.var
      const residentId = ownId(ctx)
      const { delegation, consentVersion } = c.req.valid('json')
      const items = await acceptDelegation(
        ctx,
        { residentId, delegation, ...agreedOf(consentVersion) },
        { remote, person: residentId },
      )
      return c.json({ items }, 200)
    })
    .openapi(endDelegated, async (c) => {
      const { ctx } = c.var
      await endDelegation(ctx, { residentId: ownId(ctx), ...c.req.valid('json') })
      return c.body(null, 204)
    })
    .openapi(procedures, async (c) => {
      const { q, lifeEvent } = c.req.valid('query')
      return c.json(await findProcedures(c.var.ctx, { words: q, lifeEvent }), 200)
    })
    .openapi(events, async (c) => {
      return c.json({ events: await listLifeEvents(c.var.ctx) }, 200)
    })
    .openapi(procedure, async (c) => {
      return c.json(await getProcedure(c.var.ctx, c.req.valid('param').code), 200)
    })
}

export type DossierFollowsClient = ReturnType<typeof followRoutes>
