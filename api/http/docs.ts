import type { OpenAPIHono } from '@hono/zod-openapi'
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../app.ts'
import { exampleOf, type Json, outline, resolve } from './docs-schema.ts'
import type { HttpEnv } from './kit.ts'
import { openApiDocument } from './openapi.ts'
import { PAGE_CSS, page } from './page.ts'

type Operation = { method: string; path: string; spec: Json }

/** `/api/v1/openapi.json` and `/docs`, its reading copy: no script, both made once. */
export function docsRoutes(deps: Deps, app: OpenAPIHono<HttpEnv>): Hono<HttpEnv> {
  let made: Json | undefined
  const document = () => {
    made ??= openApiDocument(app, deps.settings)
    return made
  }
  let copy: ReturnType<typeof reference> | undefined
  const readingCopy = () => {
    copy ??= reference(deps, document())
    return copy
  }
  return new Hono<HttpEnv>()
    .get('/api/v1/openapi.json', (c) => c.json(document()))
    .get('/docs/style.css', (c) =>
      c.body(PAGE_CSS, 200, {
        'Content-Type': 'text/css; charset=utf-8',
        'Cache-Control': 'public, max-age=3600',
      }),
    )
    .get('/docs', (c) => c.html(readingCopy()))
}

const list = (value: unknown): Json[] => (Array.isArray(value) ? value : [])
const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {}

/** Words between backticks stand as code; the rest as it is. */
const prose = (text: unknown) =>
  String(text ?? '')
    .split('`')
    .map((piece, i) => (i % 2 === 0 ? html`${piece}` : html`<code>${piece}</code>`))

function operations(document: Json): Operation[] {
  return Object.entries(object(document.paths)).flatMap(([path, item]) =>
    Object.entries(object(item))
      .filter(([method]) => /^(get|post|put|patch|delete)$/.test(method))
      .map(([method, spec]) => ({ method: method.toUpperCase(), path, spec: object(spec) })),
  )
}

function reference(deps: Deps, document: Json) {
  const vi = deps.translators('vi')
  const en = deps.translators('en')
  const all = operations(document)
  const groups = list(document.tags).map((tag) => ({
    name: String(tag.name),
    description: String(tag.description ?? ''),
    members: all.filter((o) => list(o.spec.tags)[0] === tag.name),
  }))
  const banner = deps.settings.isDemo
    ? html`<p class="demo">${vi('common:demo.banner')} · ${en('common:demo.banner')}</p>`
    : ''
  return page(
    `${vi('common:docs.title')} · ${en('common:docs.title')}`,
    'vi',
    html`
    ${banner}
    <h1>${vi('common:docs.title')}</h1>
    <p lang="en"><strong>${en('common:docs.title')}</strong></p>
    <p>${vi('common:docs.intro')}</p>
    <p lang="en">${en('common:docs.intro')} <a href="/api/v1/openapi.json">openapi.json</a></p>
    <div lang="en">
      <p>${prose(object(document.info).description)}</p>
      <ul>${groups.map((g) => html`<li><a href="#${g.name}">${g.name}</a>: ${g.description}</li>`)}</ul>
      ${groups.map(
        (g) => html`<section id="${g.name}">
          <h2>${g.name}</h2>
          ${g.members.map((o) => operationHtml(document, o, deps.settings.publicUrl))}
        </section>`,
      )}
    </div>`,
  )
}

function operationHtml(document: Json, operation: Operation, origin: string) {
  const { method, path, spec } = operation
  const parameters = list(spec.parameters).map((p) => resolve(document, p))
  const body = bodyOf(spec)
  return html`
    <h3><span class="method">${method}</span> <code>${path}</code></h3>
    <p>${prose(spec.summary)}</p>
    ${spec.description === undefined ? '' : html`<p>${prose(spec.description)}</p>`}
    ${
      parameters.length === 0
        ? ''
        : html`<table>
          ${parameters.map(
            (p) => html`<tr>
              <th scope="row"><code>${String(p.name)}</code></th>
              <td>${String(p.in)}${p.required === true ? ', required' : ''}</td>
              <td><code>${outline(document, object(p.schema))}</code> ${prose(p.description)}</td>
            </tr>`,
          )}
        </table>`
    }
    ${
      body === undefined
        ? ''
        : html`<p>Body: <code>${body.type}</code></p><pre>${outline(document, body.schema)}</pre>`
    }
    <table>
      ${Object.entries(object(spec.responses)).map(
        ([status, response]) => html`<tr>
          <th scope="row">${status}</th>
          <td>${String(object(response).description ?? '')}${responseOutline(document, object(response))}</td>
        </tr>`,
      )}
    </table>
    <pre>${curl(document, operation, origin)}</pre>`
}

function bodyOf(spec: Json): { type: string; schema: Json } | undefined {
  const [first] = Object.entries(object(object(spec.requestBody).content))
  return first && { type: first[0], schema: object(object(first[1]).schema) }
}

function responseOutline(document: Json, response: Json) {
  const schema = object(object(object(response.content)['application/json']).schema)
  return Object.keys(schema).length === 0 ? '' : html`<pre>${outline(document, schema)}</pre>`
}

/** A command that can be pasted; words in the path stand in capitals. */
function curl(document: Json, { method, path, spec }: Operation, origin: string): string {
  const query = list(spec.parameters)
    .filter((p) => p.in === 'query' && p.required === true)
    .map((p) => `${p.name}=${encodeURIComponent(String(exampleOf(document, object(p.schema))))}`)
  const place = path.replace(/\{(\w+)\}/g, (_all, name: string) => name.toUpperCase())
  const url = [origin + place, ...(query.length === 0 ? [] : [query.join('&')])].join('?')
  const head = method === 'GET' ? 'curl' : `curl -X ${method}`
  const body = bodyOf(spec)
  if (body === undefined) return `${head} '${url}'`
  if (body.type.startsWith('multipart/')) return `${head} '${url}' -F file=@photo.jpg`
  const example = JSON.stringify(exampleOf(document, body.schema)).replaceAll("'", "'\\''")
  return `${head} '${url}' \\\n  -H 'Content-Type: ${body.type}' \\\n  -d '${example}'`
}
