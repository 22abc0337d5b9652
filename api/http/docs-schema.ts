/** A piece of an OpenAPI document, read loosely: what is not understood is shown as `any`. */
export type Json = Record<string, unknown>

const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {}
const list = (value: unknown): Json[] => (Array.isArray(value) ? value : [])
const MAX_DEPTH = 6

/** Follows a `$ref` inside the document. */
export function resolve(document: Json, part: Json): Json {
  if (typeof part.$ref !== 'string') return part
  return part.$ref
    .split('/')
    .slice(1)
    .reduce((at, step) => object(at[step]), document)
}

/** A schema as a short TypeScript-like text. */
export function outline(document: Json, part: Json, depth = 0): string {
  if (depth > MAX_DEPTH) return '…'
  const schema = resolve(document, part)
  const inner = (value: unknown) => outline(document, object(value), depth + 1)
  if (Array.isArray(schema.enum)) return schema.enum.map((v) => JSON.stringify(v)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  for (const word of ['oneOf', 'anyOf'] as const) {
    if (Array.isArray(schema[word])) return list(schema[word]).map(inner).join(' | ')
  }
  if (Array.isArray(schema.allOf)) return list(schema.allOf).map(inner).join(' & ')
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : schema.type
  if (schema.items !== undefined) return `[${outline(document, object(schema.items), depth)}, …]`
  const fields = Object.entries(object(schema.properties))
  if (fields.length === 0) return String(type ?? 'any')
  const required = list(schema.required) as unknown[]
  const pad = '  '.repeat(depth + 1)
  const lines = fields.map(
    ([name, value]) => `${pad}${name}${required.includes(name) ? '' : '?'}: ${inner(value)}`,
  )
  const nullable = Array.isArray(schema.type) && schema.type.includes('null') ? ' | null' : ''
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}${nullable}`
}

/** A value that fits the schema: its own example, else the first choice, else something plain. */
export function exampleOf(document: Json, part: Json, depth = 0): unknown {
  const schema = resolve(document, part)
  if (schema.example !== undefined) return schema.example
  if (Array.isArray(schema.examples)) return schema.examples[0]
  if (schema.default !== undefined) return schema.default
  if (schema.const !== undefined) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (depth > MAX_DEPTH) return null
  const first = list(schema.oneOf)[0] ?? list(schema.anyOf)[0] ?? list(schema.allOf)[0]
  if (first !== undefined) return exampleOf(document, first, depth + 1)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object' || schema.properties !== undefined) {
    const required = list(schema.required) as unknown[]
    return Object.fromEntries(
      Object.entries(object(schema.properties))
        .filter(([name]) => required.includes(name))
        .map(([name, value]) => [name, exampleOf(document, object(value), depth + 1)]),
    )
  }
  if (type === 'array') return [exampleOf(document, object(schema.items), depth + 1)]
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1
  if (type === 'boolean') return false
  return type === 'null' ? null : '…'
}
