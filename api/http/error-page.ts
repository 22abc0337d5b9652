import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { asKey, type Translate } from '../../locales/index.ts'
import type { Deps } from '../app.ts'
import { AppError, ERROR_STATUS } from '../core/errors.ts'
import type { HttpEnv } from './kit.ts'
import { page } from './page.ts'
import { toProblem } from './problem.ts'

/** Without a case at hand the placeholders stand for nothing. */
const NO_CASE = { requestId: '…', seconds: '…', max: '…', minimum: '…' }

/** `/errors/{code}`: what a problem's `type` points to, in both languages. */
export function errorPageRoutes(deps: Deps): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get('/errors/:code', (c) => {
    const code = c.req.param('code')
    if (!Object.hasOwn(ERROR_STATUS, code)) throw new AppError('http.not_found')
    const sections = (['vi', 'en'] as const).map((language) => {
      const t = deps.translators(language)
      const detail = t(asKey(`errors:${code}`), NO_CASE)
      return html`<section lang="${language}">
        <h1>${t(asKey(`errors:${code}.title`))}</h1>
        <p>${detail}</p>
      </section>`
    })
    const status = Object.entries(ERROR_STATUS).find(([key]) => key === code)?.[1]
    return c.html(page(code, 'vi', html`${sections}<p><code>${code}</code> · HTTP ${status}</p>`))
  })
}

/** A problem of the text pages, for which there is no script that would word it. */
export function problemPage(
  c: Context<HttpEnv>,
  error: AppError,
  t: Translate,
  requestId: string,
): Response {
  const { title, detail, status } = toProblem(error, t, requestId)
  const back = c.req.path === '/lite' ? '/' : '/lite'
  const body = html`<h1>${title}</h1><p>${detail}</p><p><a href="${back}">Loa</a> · <a href="tel:112">112</a></p>`
  // Nothing in this page is awaited, so it is a string already.
  const text = String(page(title, c.var.language ?? 'vi', body))
  return c.body(text, status as ContentfulStatusCode, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
  })
}
