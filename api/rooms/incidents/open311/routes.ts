import { type Context, Hono } from 'hono'
import { AppError } from '../../../core/errors.ts'
import type { HttpEnv } from '../../../http/kit.ts'
import { errorFields } from '../../../http/log.ts'
import { toAppError } from '../../../http/problem.ts'
import { type Answer, type Format, render } from './answer.ts'
import { discovery } from './discovery.ts'
import { errorAnswer, statusOf } from './errors.ts'
import { getRequest, listRequests, listUpdates, resolveToken } from './read.ts'
import { serviceCode, serviceDefinition, serviceList } from './services.ts'
import { createRequest, createUpdate, type Form } from './write.ts'

type C = Context<HttpEnv>

/** `requests.xml` → `requests` as XML; without an ending it is XML, which every client of this standard reads. */
function split(name: string): { name: string; format: Format } {
  const match = /^(.*)\.(xml|json)$/i.exec(name)
  if (match === null) return { name, format: 'xml' }
  return { name: match[1] ?? '', format: match[2]?.toLowerCase() === 'json' ? 'json' : 'xml' }
}

/** An empty parameter is one that was not sent; a repeated one is a comma list. */
function queryOf(c: C): Record<string, string> {
  const all = Object.entries(c.req.queries())
  const filled = all.map(([name, values]) => [name, values.filter((v) => v.trim() !== '')] as const)
  return Object.fromEntries(
    filled
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => [name, values.join(',')]),
  )
}

async function formOf(c: C): Promise<Form> {
  const type = c.req.header('content-type') ?? ''
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type))
    throw new AppError('http.unsupported_media_type')
  const form = new Map<string, string[]>()
  for (const [name, value] of (await c.req.raw.formData()).entries()) {
    if (typeof value === 'string') form.set(name, [...(form.get(name) ?? []), value])
  }
  return form
}

function notFound(): never {
  throw new AppError('http.not_found')
}

function read(c: C, resource: string, id: string | undefined): Answer | Promise<Answer> {
  const { ctx, remote } = c.var
  if (id === undefined) {
    if (resource === 'discovery') return discovery(ctx)
    if (resource === 'services') return serviceList(ctx.t)
    if (resource === 'requests') return listRequests(ctx, queryOf(c))
    if (resource === 'servicerequestupdates') return listUpdates(ctx, queryOf(c), remote)
    return notFound()
  }
  if (resource === 'requests') return getRequest(ctx, id)
  if (resource === 'tokens') return resolveToken(ctx, id)
  if (resource !== 'services') return notFound()
  const service = serviceCode(id)
  if (service === undefined)
    throw new AppError('open311.service_not_found', { params: { service: id } })
  return serviceDefinition(ctx.t, service)
}

async function write(c: C, resource: string): Promise<Answer> {
  const { ctx, remote } = c.var
  const idempotencyKey = c.req.header('idempotency-key')
  if (resource === 'requests')
    return createRequest(ctx, await formOf(c), { remote, idempotencyKey })
  if (resource === 'servicerequestupdates') return createUpdate(ctx, await formOf(c), remote)
  return notFound()
}

/** Open311 GeoReport v2 with the updates that FixMyStreet adds; mounted at `/open311/v2`. */
export function open311Routes(): Hono<HttpEnv> {
  const send = (
    c: C,
    format: Format,
    answer: Answer,
    status: 200 | ReturnType<typeof statusOf>,
  ) => {
    const { body, type } = render(answer, format)
    return c.body(body, status, { 'Content-Type': type, 'Cache-Control': 'no-store' })
  }
  const handle = async (c: C): Promise<Response> => {
    const resource = split(c.req.param('resource') ?? '')
    const given = c.req.param('id')
    const id = given === undefined ? undefined : split(given)
    const { format } = id ?? resource
    try {
      const answer =
        c.req.method === 'POST'
          ? await write(c, given === undefined ? resource.name : '')
          : await read(
              c,
              id === undefined ? resource.name : (c.req.param('resource') ?? ''),
              id?.name,
            )
      return send(c, format, answer, 200)
    } catch (error) {
      const known = toAppError(error)
      const { ctx } = c.var
      if (known.code === 'http.internal') ctx.log.error('open311.failed', errorFields(error))
      if (known.retryAfterSeconds !== undefined)
        c.header('Retry-After', String(known.retryAfterSeconds))
      return send(c, format, errorAnswer(known, ctx.t, ctx.requestId), statusOf(known))
    }
  }
  return new Hono<HttpEnv>()
    .get('/:resource', handle)
    .get('/:resource/:id', handle)
    .post('/:resource', handle)
}
