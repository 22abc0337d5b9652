import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { lngLat } from '../../../core/geo.ts'
import { parsePublicCode } from '../../../core/ids.ts'
import { formatOffsetDateTime, localDate, localInstant } from '../../../core/time.ts'
import { parseInput } from '../../../http/kit.ts'
import { publicText } from '../policy/public.ts'
import { toPublic } from '../policy/view.ts'
import { invalid } from '../public/filter.ts'
import type { PublicIncident } from '../schema.ts'
import { loadAround } from '../service/around.ts'
import { photoUrl } from '../service/tell.ts'
import { findByCodes, findIncidents, type IncidentRow } from '../store/cases.ts'
import type { Answer, Fields } from './answer.ts'
import { requireKey } from './keys.ts'
import { MAX_REQUESTS, RequestsQuery, UpdatesQuery } from './schema.ts'
import { findPublicSteps, findRequests, isOpenState } from './store.ts'
import { parseSpan } from './times.ts'

const DEFAULT_RADIUS_M = 2_000

const listOf = (text: string | undefined): string[] | undefined => {
  const parts = (text ?? '').split(',').map((part) => part.trim())
  const named = parts.filter((part) => part !== '')
  return named.length === 0 ? undefined : named
}

/** Codes in a comma list as ours; what is no code cannot be one of our requests. */
const codesOf = (ids: readonly string[]): string[] =>
  ids.flatMap((id) => parsePublicCode(id) ?? []).slice(0, MAX_REQUESTS)

const statusOf = (state: string) => (isOpenState(state) ? 'open' : 'closed')
const time = (at: string) => formatOffsetDateTime(new Date(at))

/** One sentence on where it stands; with the answer once there is one. */
function statusNotes(ctx: Ctx, incident: PublicIncident): string {
  const { t } = ctx
  const { state, agency, reasonCode, duplicateOf, answer, isLate } = incident
  const late = isLate ? ` (${t('incidents:open311.late')})` : ''
  if (state === 'refused' && reasonCode !== undefined)
    return t('incidents:step.refused', { reason: t(`incidents:reason.${reasonCode}`) })
  if (state === 'duplicate' && duplicateOf !== undefined)
    return t('incidents:step.duplicate', { code: duplicateOf })
  if (state === 'assigned' && agency !== undefined)
    return t('incidents:step.assigned', { agency: agency.name }) + late
  const label = t(`incidents:state.${state}`) + late
  return answer === undefined ? label : `${label}. ${answer.text}`
}

function toRequest(ctx: Ctx, incident: PublicIncident): Fields {
  const { t } = ctx
  const { place, agency, dueDate, mediaIds, answer } = incident
  const [photo] = mediaIds
  const due =
    dueDate === undefined ? undefined : formatOffsetDateTime(localInstant(dueDate, '23:59'))
  return {
    service_request_id: incident.publicCode,
    status: statusOf(incident.state),
    status_notes: statusNotes(ctx, incident),
    service_name: t(`incidents:category.${incident.category}`),
    service_code: incident.category,
    description: incident.description,
    agency_responsible: agency?.name,
    requested_datetime: time(incident.createdAt),
    updated_datetime: time(incident.timeline.at(-1)?.at ?? incident.createdAt),
    expected_datetime: answer === undefined ? due : undefined,
    address: place?.text || undefined,
    lat: place?.lat,
    long: place?.lng,
    media_url: photo === undefined ? undefined : photoUrl(ctx, photo),
  }
}

async function toAnswer(ctx: Ctx, rows: readonly IncidentRow[]): Promise<Answer> {
  const around = await loadAround(ctx, rows)
  const today = localDate(ctx.now())
  const of = rows.flatMap((row) => {
    const parts = around.get(row.id)
    return parts === undefined ? [] : [toRequest(ctx, toPublic(row, parts, today))]
  })
  return { root: 'service_requests', content: { item: 'request', of } }
}

/**
 * Requests by id, or the public ones of a span of at most 90 days, newest first, at most 1,000. By id a request that is
 * not public yet, or never will be, shows its state and nothing that was written.
 */
export async function listRequests(ctx: Ctx, input: unknown): Promise<Answer> {
  const query = parseInput(RequestsQuery, input)
  const ids = listOf(query.service_request_id)
  if (ids !== undefined) return toAnswer(ctx, await findByCodes(ctx.db, codesOf(ids)))
  const { lat, long, radius = DEFAULT_RADIUS_M, page, page_size: size } = query
  const serviceCodes = listOf(query.service_code)
  const statuses = listOf(query.status?.toLowerCase())?.map((status) => {
    if (status !== 'open' && status !== 'closed') throw invalid('status')
    return status
  })
  const at = lat === undefined || long === undefined ? undefined : lngLat(long, lat)
  const rows = await findRequests(
    ctx.db,
    {
      span: parseSpan(query.start_date, query.end_date, ctx.now()),
      today: localDate(ctx.now()),
      ...(serviceCodes === undefined ? {} : { serviceCodes }),
      ...(statuses === undefined ? {} : { statuses: [...new Set(statuses)] }),
      ...(at === undefined ? {} : { near: { at, radiusM: radius } }),
    },
    { offset: (page - 1) * size, limit: size },
  )
  return toAnswer(ctx, rows)
}

/** One request. Throws `incidents.not_found`, also for what is no id at all. */
export async function getRequest(ctx: Ctx, id: string): Promise<Answer> {
  const rows = await findByCodes(ctx.db, codesOf([id]))
  if (rows.length === 0) throw new AppError('incidents.not_found')
  return toAnswer(ctx, rows)
}

/** Requests get their id at once, so a token is the id itself. Throws `incidents.not_found`. */
export async function resolveToken(ctx: Ctx, token: string): Promise<Answer> {
  const [row] = await findByCodes(ctx.db, codesOf([token]))
  if (row === undefined) throw new AppError('incidents.not_found')
  const of = [{ service_request_id: row.publicCode, token: row.publicCode }]
  return { root: 'service_requests', content: { item: 'request', of } }
}

/**
 * Public steps of a span of at most 90 days, oldest first, at most 1,000; with a key also those of its own requests
 * that the public does not see. Throws `open311.key_invalid` for a key that is given and wrong.
 */
export async function listUpdates(ctx: Ctx, input: unknown, remote: string): Promise<Answer> {
  const query = parseInput(UpdatesQuery, input)
  const { api_key: secret } = query
  const key =
    secret === undefined
      ? undefined
      : await requireKey(ctx, { secret, right: 'updates.read', remote })
  const ids = listOf(query.service_request_id)
  const steps = await findPublicSteps(ctx.db, {
    span: parseSpan(query.start_date, query.end_date, ctx.now()),
    keyId: key?.id,
    limit: MAX_REQUESTS,
    ...(ids === undefined ? {} : { codes: codesOf(ids) }),
  })
  const rows = await findIncidents(ctx.db, [...new Set(steps.map((step) => step.incidentId))])
  const around = await loadAround(ctx, rows)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const today = localDate(ctx.now())
  const of = steps.flatMap((step): Fields[] => {
    const [row, parts] = [byId.get(step.incidentId), around.get(step.incidentId)]
    if (row === undefined || parts === undefined || step.toState === null) return []
    const incident = toPublic(row, parts, today)
    return [toUpdate(ctx, step, incident, answerAt(parts, step.at, row.isPrivatePlace))]
  })
  return { root: 'service_request_updates', content: { item: 'request_update', of } }
}

type Step = Awaited<ReturnType<typeof findPublicSteps>>[number]
type Parts = Awaited<ReturnType<typeof loadAround>> extends Map<string, infer P> ? P : never

/** The words of the answer that stood when the step was taken; a later one must not be put into its mouth. */
function answerAt(parts: Parts, at: string, isPrivate: boolean): string | undefined {
  const given = parts.activity.findLast((a) => a.kind === 'answer' && a.data.text && a.at <= at)
  const text = given?.data.text
  return typeof text === 'string' ? publicText(text, { isOffice: true, isPrivate }) : undefined
}

function toUpdate(
  ctx: Ctx,
  step: Step,
  incident: PublicIncident,
  answerText: string | undefined,
): Fields {
  const { t } = ctx
  const state = step.toState as PublicIncident['state']
  const then = incident.timeline.find((s) => s.at === step.at && s.agency !== undefined)
  const isAnswer = state === 'answered'
  const photo = isAnswer ? incident.answer?.mediaIds[0] : undefined
  const agency = then?.agency?.name
  const { answer: _, ...now } = incident
  const notes =
    state === 'assigned' && agency !== undefined
      ? t('incidents:step.assigned', { agency })
      : statusNotes(ctx, { ...now, state, isLate: false })
  return {
    update_id: step.id,
    service_request_id: incident.publicCode,
    status: statusOf(state),
    description: isAnswer && answerText !== undefined ? answerText : notes,
    updated_datetime: time(step.at),
    media_url: photo === undefined ? undefined : photoUrl(ctx, photo),
  }
}
