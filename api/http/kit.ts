import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Language } from '../../locales/index.ts'
import type { Ctx } from '../context.ts'
import { AppError, ERROR_STATUS, type ErrorCode, type Issue } from '../core/errors.ts'

/** What every handler finds: one ctx a request, made by shell.ts. */
export type HttpEnv = {
  Variables: {
    ctx: Ctx
    requestId: string
    language: Language
    /** Key of the caller's address for limits, not the address itself. */
    remote: string
    /** The body is still read from the database after the handler has returned. */
    keepsDbOpen?: boolean
  }
}

type ZodIssueLike = {
  path: PropertyKey[]
  code: string
  minimum?: unknown
  maximum?: unknown
  origin?: unknown
}

/** Library issues as ours: path and code only (its English sentences never reach a reader). */
export function toIssues(issues: readonly ZodIssueLike[]): Issue[] {
  return issues.map((issue) => {
    const params: Record<string, number | string> = {}
    if (typeof issue.origin === 'string') params.origin = issue.origin
    if (typeof issue.minimum === 'number') params.minimum = issue.minimum
    if (typeof issue.maximum === 'number') params.maximum = issue.maximum
    return { path: issue.path.map(String).join('.'), code: issue.code, params }
  })
}

/** Parses a use-case's input; throws `http.invalid_input` with one issue a field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new AppError('http.invalid_input', { issues: toIssues(result.error.issues) })
}

/** A room's router; invalid bodies, queries and params become problem+json by themselves. */
export function newRouter(): OpenAPIHono<HttpEnv> {
  return new OpenAPIHono<HttpEnv>({
    defaultHook: (result) => {
      if (!result.success) {
        throw new AppError('http.invalid_input', { issues: toIssues(result.error.issues) })
      }
    },
  })
}

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    requestId: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    issues: z
      .array(z.object({ path: z.string(), code: z.string(), message: z.string() }))
      .optional(),
    changed: z.unknown().optional(),
  })
  .openapi('Problem')

/** OpenAPI responses for the given error codes, grouped by status. */
export function problems(...codes: ErrorCode[]) {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of codes) {
    const status = ERROR_STATUS[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.join(', '),
        content: { 'application/problem+json': { schema: Problem } },
      },
    ]),
  )
}

/** A JSON response of a route. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** A JSON request body of a route. */
export const jsonBody = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { 'application/json': { schema } },
})

/** Header of routes that create something; pass its value to `withIdempotency`. */
export const IdempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{16,128}$/)
    .optional()
    .openapi({
      description: 'Random, 16 to 128 signs: the same key with the same body gets the same answer',
    }),
})

export { createRoute, z }
