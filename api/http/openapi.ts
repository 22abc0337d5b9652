import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Settings } from '../context.ts'
import { type HttpEnv, Problem } from './kit.ts'

/** Tags of the rooms, in the order of the reference. */
const TAGS = [
  { name: 'areas', description: 'Units, hamlets, agencies, hotlines; a name or a point to a unit' },
  { name: 'identity', description: 'Sign-in of officials, sessions, consent texts' },
  { name: 'delivery', description: 'Inbox, subscriptions, joined chats of the signed-in resident' },
  { name: 'media', description: 'Photos: private until an official publishes them' },
  {
    name: 'readings',
    description: 'River levels, rain and air: stations, newest readings, series',
  },
  { name: 'sensorthings', description: 'OGC SensorThings API 1.1 over the same readings' },
  { name: 'incidents', description: 'Reports of residents: send, follow, rate' },
  { name: 'floods', description: 'Places under water: depth, roads, what residents said' },
  { name: 'alerts', description: 'Warnings in force and on record' },
  { name: 'notices', description: 'Notices of the commune: newest, one, its calendar entry' },
  { name: 'guides', description: 'Lessons with search; what may be a scam' },
  { name: 'sos', description: 'Calls for rescue: send, add, take over, mark safe' },
  {
    name: 'dossiers',
    description: 'Administrative dossiers: a read-only mirror, procedures, appointments',
  },
  { name: 'console', description: 'Work lists and moves of officials' },
  { name: 'running', description: 'What the pages ask about this installation' },
  { name: 'chat', description: 'One chat turn, later messages, renderings' },
]

const DESCRIPTION = `Every error is \`application/problem+json\` (RFC 9457); \`code\` is from a closed list and \`type\` a page
that explains it. Sentences come in the language of \`?lang\`, \`X-Loa-Language\` or \`Accept-Language\`
(Vietnamese or English). \`X-Request-Id\` on an answer is the support code. Changes by cookie need our own origin;
a bearer session works from embedding origins too. Over a limit the answer is 429 with \`Retry-After\`.`

type Json = Record<string, unknown>
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

const RATE_LIMITED = {
  description: 'http.rate_limited',
  headers: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } },
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** OpenAPI 3.1 of all mounted routes; what the kit does for each of them is added here once. */
export function openApiDocument(app: OpenAPIHono<HttpEnv>, settings: Settings): Json {
  const registry = app.openAPIRegistry
  registry.register('Problem', Problem)
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'loa_session',
    description: 'Pages of our own origin; HttpOnly, with forgery checks',
  })
  registry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'Short session for embedding hosts and programs',
  })
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Loa',
      version: '1.0.0',
      description: DESCRIPTION,
      license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
    },
    servers: [{ url: settings.publicUrl }],
    tags: TAGS,
    security: [{}, { session: [] }, { bearer: [] }],
  })
  const json: Json = JSON.parse(JSON.stringify(document))
  for (const item of Object.values(isObject(json.paths) ? json.paths : {})) {
    if (!isObject(item)) continue
    for (const method of METHODS) {
      const operation = item[method]
      if (isObject(operation) && isObject(operation.responses)) {
        operation.responses['429'] ??= RATE_LIMITED
      }
    }
  }
  return json
}
