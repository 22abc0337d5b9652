import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { AddNote, AttentionItem, RedactPhoto, SatisfactionSum } from './schema-desk.ts'
import { listOwnAttention, markAttentionSeen } from './service/attention.ts'
import { addNote } from './service/note.ts'
import { redactPhoto } from './service/redact.ts'
import { listSatisfaction } from './service/satisfaction.ts'

const tags = ['incidents']
const params = z.object({ id: z.string().max(40) })
const denied = ['http.unauthenticated', 'http.forbidden'] as const

const attention = createRoute({
  method: 'get',
  path: '/incidents/attention',
  operationId: 'listAttention',
  summary: 'What waits for this official: reminders, late cases, what senders added; newest first',
  tags,
  responses: {
    200: json(z.object({ items: z.array(AttentionItem) }), 'At most 200'),
    ...problems(...denied),
  },
})

const seen = createRoute({
  method: 'post',
  path: '/incidents/attention/{id}/seen',
  operationId: 'markAttentionSeen',
  summary: 'Take one off the list; a move of the case takes off all of its own',
  tags,
  request: { params },
  responses: {
    200: json(z.object({ id: z.string() }), 'Seen'),
    ...problems(...denied, 'incidents.not_found'),
  },
})

const note = createRoute({
  method: 'post',
  path: '/incidents/{id}/notes',
  operationId: 'addIncidentNote',
  summary: 'A remark that stays with the desk: never public, never told',
  tags,
  request: { params: z.object({ id: z.uuid() }), body: jsonBody(AddNote.omit({ id: true })) },
  responses: {
    201: json(z.object({ id: z.string() }), 'Kept with the case'),
    ...problems('http.invalid_input', ...denied, 'incidents.not_found'),
  },
})

const redaction = createRoute({
  method: 'put',
  path: '/incidents/{id}/photos/{mediaId}/redaction',
  operationId: 'redactPhoto',
  summary: 'Cover faces and plates on a photo of a case, for everybody but its officials',
  tags,
  request: {
    params: z.object({ id: z.uuid(), mediaId: z.uuid() }),
    body: jsonBody(RedactPhoto.omit({ id: true, mediaId: true })),
  },
  responses: {
    200: json(z.object({ mediaId: z.string() }), 'Covered'),
    ...problems(
      'http.invalid_input',
      ...denied,
      'http.conflict',
      'incidents.not_found',
      'files.not_found',
      'files.cannot_redact',
      'files.storage_off',
    ),
  },
})

const satisfaction = createRoute({
  method: 'get',
  path: '/incidents/satisfaction',
  operationId: 'listSatisfaction',
  summary: 'Answers to the independent question, by unit and agency, in whole groups of five',
  tags,
  responses: {
    200: json(z.object({ items: z.array(SatisfactionSum) }), 'Sums within reach'),
    ...problems(...denied),
  },
})

/** What officials do beside the moves of a case; mounted before the room's other routes, whose `{code}` is any word. */
export function deskIncidentRoutes() {
  return newRouter()
    .openapi(attention, async (c) => c.json({ items: await listOwnAttention(c.var.ctx) }, 200))
    .openapi(seen, async (c) =>
      c.json(await markAttentionSeen(c.var.ctx, c.req.valid('param').id), 200),
    )
    .openapi(note, async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await addNote(c.var.ctx, { ...c.req.valid('json'), id }), 201)
    })
    .openapi(redaction, async (c) => {
      const input = { ...c.req.valid('json'), ...c.req.valid('param') }
      return c.json(await redactPhoto(c.var.ctx, input), 200)
    })
    .openapi(satisfaction, async (c) => c.json({ items: await listSatisfaction(c.var.ctx) }, 200))
}

export type DeskIncidentsClient = ReturnType<typeof deskIncidentRoutes>
