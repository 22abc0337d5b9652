import { createRoute, json, jsonBody, newRouter, problems, z } from '../../../http/kit.ts'
import { ownResidentId } from '../../identity/index.ts'
import { DoneLesson, LearningView } from './schema.ts'
import { forgetLearning, keepLesson, readLearning } from './service.ts'

const tags = ['guides']
const OWN = ['http.unauthenticated', 'http.forbidden'] as const
const CHANNEL = 'miniapp'

const read = createRoute({
  method: 'get',
  path: '/learning',
  operationId: 'readLearning',
  summary: 'Lessons that the person did, where they agreed to have that kept',
  tags,
  responses: { 200: json(LearningView, 'What was learned'), ...problems(...OWN) },
})

const keep = createRoute({
  method: 'post',
  path: '/lessons/{id}/done',
  operationId: 'keepLesson',
  summary: 'Keep that a lesson was done, with consent; the better result stays',
  tags,
  request: {
    params: z.object({ id: z.string().max(40) }),
    body: jsonBody(DoneLesson.extend({ consentVersion: z.number().int().positive().optional() })),
  },
  responses: {
    200: json(LearningView, 'What was learned'),
    ...problems(
      ...OWN,
      'http.invalid_input',
      'guides.not_found',
      'identity.consent_missing',
      'identity.consent_stale',
    ),
  },
})

const forget = createRoute({
  method: 'delete',
  path: '/learning',
  operationId: 'forgetLearning',
  summary: 'Delete all that is kept of it',
  tags,
  responses: { 204: { description: 'Nothing is kept' }, ...problems(...OWN) },
})

/** A resident's own progress. */
export const learnRoutes = () =>
  newRouter()
    .openapi(read, async (c) => {
      const { ctx } = c.var
      return c.json(await readLearning(ctx, { residentId: ownResidentId(ctx) }), 200)
    })
    .openapi(keep, async (c) => {
      const { ctx } = c.var
      const { consentVersion, answers } = c.req.valid('json')
      const agreed =
        consentVersion === undefined
          ? {}
          : { agreed: { version: consentVersion, channel: CHANNEL } }
      const mine = { residentId: ownResidentId(ctx), lessonId: c.req.valid('param').id }
      return c.json(await keepLesson(ctx, { ...mine, answers, ...agreed }), 200)
    })
    .openapi(forget, async (c) => {
      const { ctx } = c.var
      await forgetLearning(ctx, { residentId: ownResidentId(ctx), because: 'asked' })
      return c.body(null, 204)
    })
