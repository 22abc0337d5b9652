import { withIdempotency } from '../../db/idempotency.ts'
import {
  createRoute,
  IdempotencyHeader,
  json,
  jsonBody,
  newRouter,
  problems,
  z,
} from '../../http/kit.ts'
import { takeLimit } from './limits.ts'
import { OwnIncident } from './schema.ts'
import {
  ActOnOwn,
  AddToOwn,
  AnswerSatisfaction,
  Following,
  LookupOwn,
  SimilarIncident,
  SimilarQuery,
  Suggestion,
  SuggestQuery,
} from './schema-follow.ts'
import { addToOwn } from './service/add.ts'
import { followIncident, getFollowing, unfollowIncident } from './service/follow.ts'
import { findSimilarIncidents } from './service/near.ts'
import { listMine, lookupOwn, moveOwn } from './service/own.ts'
import { answerSatisfaction } from './service/satisfaction.ts'
import { suggestCategory } from './service/suggest.ts'

const tags = ['incidents']
const params = z.object({ code: z.string().max(40) })
const items = json(z.object({ items: z.array(OwnIncident) }), 'Own cases')
const ownCase = json(OwnIncident, 'The case as it is now')
const onOwn = problems(
  'http.invalid_input',
  'http.rate_limited',
  'incidents.not_found',
  'incidents.bad_transition',
)

const suggest = createRoute({
  method: 'post',
  path: '/incidents/suggest',
  operationId: 'suggestCategory',
  summary: 'Categories that words of a report likely mean, while they are written; nothing is kept',
  tags,
  request: { body: jsonBody(SuggestQuery) },
  responses: {
    200: json(Suggestion, 'Best first'),
    ...problems('http.invalid_input', 'http.rate_limited'),
  },
})

const similar = createRoute({
  method: 'post',
  path: '/incidents/similar',
  operationId: 'findSimilarIncidents',
  summary: 'Open public cases that may be the same: offer to follow one instead of reporting again',
  tags,
  request: { body: jsonBody(SimilarQuery) },
  responses: {
    200: json(z.object({ items: z.array(SimilarIncident) }), 'At most five, newest first'),
    ...problems(
      'http.invalid_input',
      'http.rate_limited',
      'incidents.place_missing',
      'incidents.place_unclear',
      'incidents.outside_province',
    ),
  },
})

const lookup = createRoute({
  method: 'post',
  path: '/incidents/lookup',
  operationId: 'lookupOwnIncidents',
  summary: 'Own incidents by code and secret; what does not fit is left out, without a reason',
  tags,
  request: { body: jsonBody(LookupOwn) },
  responses: { 200: items, ...problems('http.invalid_input', 'http.rate_limited') },
})

const mine = createRoute({
  method: 'get',
  path: '/incidents/mine',
  operationId: 'listMyIncidents',
  summary: 'Cases that the signed-in resident sent, newest first',
  tags,
  responses: { 200: items, ...problems('http.unauthenticated', 'http.forbidden') },
})

const move = createRoute({
  method: 'post',
  path: '/incidents/{code}/moves',
  operationId: 'moveOwnIncident',
  summary:
    'Rate, reopen, withdraw or complete an own case, with its secret or as its signed-in sender',
  tags,
  request: { params, body: jsonBody(ActOnOwn.omit({ code: true })) },
  responses: { 200: ownCase, ...onOwn },
})

const add = createRoute({
  method: 'post',
  path: '/incidents/{code}/additions',
  operationId: 'addToOwnIncident',
  summary: 'Add words or photos to an own open case',
  tags,
  request: {
    params,
    headers: IdempotencyHeader,
    body: jsonBody(
      z.object({
        secret: AddToOwn.shape.secret,
        text: AddToOwn.shape.text,
        media: AddToOwn.shape.media,
      }),
    ),
  },
  responses: {
    200: ownCase,
    ...problems(
      'http.invalid_input',
      'http.rate_limited',
      'http.idempotency_mismatch',
      'incidents.not_found',
      'incidents.bad_transition',
      'files.too_many',
      'files.not_found',
    ),
  },
})

const follows = problems(
  'http.unauthenticated',
  'http.forbidden',
  'http.rate_limited',
  'incidents.not_found',
  'incidents.bad_transition',
)

const follow = createRoute({
  method: 'post',
  path: '/incidents/{code}/follow',
  operationId: 'followIncident',
  summary: '"Me too": get the public steps of a case that somebody else reported',
  tags,
  request: { params },
  responses: { 200: json(Following, 'How many follow it now'), ...follows },
})

const following = createRoute({
  method: 'get',
  path: '/incidents/{code}/follow',
  operationId: 'getFollowing',
  summary: 'Whether the signed-in resident follows a case',
  tags,
  request: { params },
  responses: {
    200: json(Following, 'How many follow it, and whether the reader does'),
    ...problems('http.unauthenticated', 'http.forbidden', 'incidents.not_found'),
  },
})

const unfollow = createRoute({
  method: 'delete',
  path: '/incidents/{code}/follow',
  operationId: 'unfollowIncident',
  summary: 'Stop following a case',
  tags,
  request: { params },
  responses: { 200: json(Following, 'How many follow it now'), ...follows },
})

const satisfaction = createRoute({
  method: 'post',
  path: '/incidents/{code}/satisfaction',
  operationId: 'answerSatisfaction',
  summary: 'Answer the independent question after closing; officials see sums only',
  tags,
  request: { params, body: jsonBody(AnswerSatisfaction.omit({ code: true })) },
  responses: { 200: json(z.object({ publicCode: z.string() }), 'Noted'), ...onOwn },
})

/** What senders and followers do with cases; mounted before the room's other routes, whose `{code}` is any word. */
export function ownIncidentRoutes() {
  return newRouter()
    .openapi(suggest, async (c) => {
      const { ctx, remote } = c.var
      await takeLimit(ctx, remote, 'suggest')
      return c.json(suggestCategory(c.req.valid('json')), 200)
    })
    .openapi(similar, async (c) => {
      const { ctx, remote } = c.var
      await takeLimit(ctx, remote, 'read')
      return c.json({ items: await findSimilarIncidents(ctx, c.req.valid('json')) }, 200)
    })
    .openapi(lookup, async (c) => {
      const { ctx, remote } = c.var
      await takeLimit(ctx, remote, 'read')
      return c.json({ items: await lookupOwn(ctx, c.req.valid('json')) }, 200)
    })
    .openapi(mine, async (c) => c.json({ items: await listMine(c.var.ctx) }, 200))
    .openapi(move, async (c) => {
      const { ctx, remote } = c.var
      const { code } = c.req.valid('param')
      await takeLimit(ctx, remote, 'read')
      return c.json(await moveOwn(ctx, { ...c.req.valid('json'), code }), 200)
    })
    .openapi(add, async (c) => {
      const { ctx, remote } = c.var
      const { code } = c.req.valid('param')
      const key = c.req.valid('header')['idempotency-key']
      const body = { ...c.req.valid('json'), code }
      await takeLimit(ctx, remote, 'write')
      const added = await withIdempotency(ctx, { scope: 'incidents.add', key, body }, (tx) =>
        addToOwn(tx, body),
      )
      return c.json(added, 200)
    })
    .openapi(follow, async (c) => {
      const { ctx, remote } = c.var
      await takeLimit(ctx, remote, 'write')
      return c.json(await followIncident(ctx, c.req.valid('param').code), 200)
    })
    .openapi(following, async (c) =>
      c.json(await getFollowing(c.var.ctx, c.req.valid('param').code), 200),
    )
    .openapi(unfollow, async (c) => {
      const { ctx, remote } = c.var
      await takeLimit(ctx, remote, 'write')
      return c.json(await unfollowIncident(ctx, c.req.valid('param').code), 200)
    })
    .openapi(satisfaction, async (c) => {
      const { ctx, remote } = c.var
      const { code } = c.req.valid('param')
      await takeLimit(ctx, remote, 'read')
      return c.json(await answerSatisfaction(ctx, { ...c.req.valid('json'), code }), 200)
    })
}

export type OwnIncidentsClient = ReturnType<typeof ownIncidentRoutes>
