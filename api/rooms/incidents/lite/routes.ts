import type { Context } from 'hono'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { asKey } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import { AppError, ERROR_STATUS } from '../../../core/errors.ts'
import { isUuid, newSecret } from '../../../core/ids.ts'
import { withIdempotency } from '../../../db/idempotency.ts'
import { uploadMedia } from '../../../files/index.ts'
import type { HttpEnv } from '../../../http/kit.ts'
import { listHamlets, listHotlines } from '../../areas/index.ts'
import { consentTextView, currentConsentText } from '../../identity/index.ts'
import { takeLimit } from '../limits.ts'
import { MAX_REPORT_PHOTOS } from '../schema.ts'
import { createIncident } from '../service/create.ts'
import { getPublicIncident, listPublicIncidents } from '../service/read.ts'
import { EMPTY_FORM, LiteForm, lacksOf, newToken, numberOf, reportOf } from './form.ts'
import { LITE_CSS } from './style.ts'
import { casePage, formPage, homePage, unknownPage } from './views.ts'

const VISITOR = 'loa_lite'
const NEAR_M = 3_000
const SHOWN = 8
type C = Context<HttpEnv>

/** These pages know nobody: an official's session beside them counts for nothing here. */
const anybody = (c: C): Ctx => ({ ...c.var.ctx, actor: { kind: 'anonymous' } })

const hotlinesOf = (ctx: Ctx) => listHotlines(ctx.db, ctx.settings.homeUnitCode)
const hamletsOf = (ctx: Ctx) => listHamlets(ctx.db, ctx.settings.homeUnitCode, ctx.now())

/** Who was given a form: a random name, which ties forms to this browser and says nothing else. */
function visitorOf(c: C, ctx: Ctx): string {
  const known = getCookie(c, VISITOR)
  if (known !== undefined && /^[\w-]{20,100}$/.test(known)) return known
  const visitor = newSecret(ctx.ports.random)
  const secure = ctx.settings.publicUrl.startsWith('https:')
  setCookie(c, VISITOR, visitor, { path: '/lite', httpOnly: true, sameSite: 'Strict', secure })
  return visitor
}

async function showForm(c: C, ctx: Ctx, form: LiteForm, problems: readonly string[], status = 200) {
  const consent = consentTextView(await currentConsentText(ctx.db, 'report'), ctx.language)
  const token = await newToken(ctx, visitorOf(c, ctx))
  const [hotlines, hamlets] = [await hotlinesOf(ctx), await hamletsOf(ctx)]
  const facts = { form, token, hotlines, hamlets, consent, problems }
  return c.html(formPage(ctx, facts), status as ContentfulStatusCode)
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const isPhoto = (value: unknown): value is File => value instanceof File && value.size > 0

/** One report however often the button is pressed: the form's number is the key, its words and photos the body. */
async function take(ctx: Ctx, form: LiteForm, photos: readonly File[], key: string) {
  const pictures = await Promise.all(
    photos.map(async (one) => new Uint8Array(await one.arrayBuffer())),
  )
  const hashes = await Promise.all(pictures.map(hashOf))
  const media: { mediaId: string; uploadSecret?: string }[] = []
  for (const bytes of pictures) {
    const { mediaId, uploadSecret } = await uploadMedia(ctx, { bytes })
    media.push({ mediaId, ...(uploadSecret === undefined ? {} : { uploadSecret }) })
  }
  const { token: _, ...words } = form
  const body = { ...words, photos: hashes }
  const report = { ...reportOf(form, ctx.settings.homeUnitCode), media }
  return withIdempotency(ctx, { scope: 'incidents.lite', key, body }, (tx) =>
    createIncident(tx, report),
  )
}

async function send(c: C): Promise<Response> {
  const ctx = anybody(c)
  const fields = await c.req.parseBody({ all: true })
  const form = LiteForm.parse(fields)
  const photos = [fields.photos ?? []].flat().filter(isPhoto)
  const number = await numberOf(ctx, form.token, getCookie(c, VISITOR))
  if (number === undefined) return showForm(c, ctx, form, [ctx.t('lite:form.again')], 403)
  const lacks = lacksOf(form).map((lack) => ctx.t(asKey(`lite:lack.${lack}`)))
  if (photos.length > MAX_REPORT_PHOTOS)
    lacks.push(ctx.t('lite:lack.photos', { max: MAX_REPORT_PHOTOS }))
  if (lacks.length > 0) return showForm(c, ctx, form, lacks, 422)
  try {
    await takeLimit(ctx, c.var.remote, 'create')
    const { publicCode } = await take(ctx, form, photos, number)
    return c.redirect(`/lite/case?code=${publicCode}&sent=1&lang=${ctx.language}`, 303)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code, params, retryAfterSeconds } = error
    const words = ctx.t(asKey(`errors:${code}`), {
      requestId: ctx.requestId,
      seconds: retryAfterSeconds ?? 0,
      ...params,
    })
    return showForm(c, ctx, form, [words], ERROR_STATUS[code])
  }
}

async function showCase(c: C): Promise<Response> {
  const ctx = anybody(c)
  const code = (c.req.query('code') ?? '').slice(0, 40)
  await takeLimit(ctx, c.var.remote, 'read')
  try {
    const incident = await getPublicIncident(ctx, code)
    return c.html(casePage(ctx, incident, c.req.query('sent') !== undefined))
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'incidents.not_found') throw error
    return c.html(unknownPage(ctx, code), 404)
  }
}

async function showHome(c: C): Promise<Response> {
  const ctx = anybody(c)
  const hamlets = await hamletsOf(ctx)
  const asked = c.req.query('hamlet') ?? ''
  const hamlet = isUuid(asked) ? hamlets.find(({ id }) => id === asked) : undefined
  const near =
    hamlet?.lat != null && hamlet.lng != null
      ? { lat: hamlet.lat, lng: hamlet.lng, radiusM: NEAR_M }
      : { unit: ctx.settings.homeUnitCode }
  const { items } = await listPublicIncidents(ctx, { ...near, limit: SHOWN })
  const hotlines = await hotlinesOf(ctx)
  return c.html(homePage(ctx, { hotlines, hamlets, hamlet: hamlet?.id, cases: items }))
}

/**
 * `/lite`: what a phone gets for which the mini-app is too heavy. Text, at most 20 kB with its style, no script; the
 * same use-cases.
 */
export function liteRoutes() {
  return new Hono<HttpEnv>()
    .use('*', async (c, next) => {
      await next()
      if (c.res.headers.get('content-type')?.startsWith('text/html'))
        c.res.headers.set('Cache-Control', 'no-store')
    })
    .get('/style.css', (c) => {
      c.header('Cache-Control', 'public, max-age=86400')
      return c.body(LITE_CSS, 200, { 'Content-Type': 'text/css; charset=utf-8' })
    })
    .get('/', showHome)
    .get('/case', showCase)
    .get('/report', (c) => showForm(c, anybody(c), EMPTY_FORM, []))
    .post('/report', send)
}
