import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid, parsePublicCode, sha256Hex } from '../../../core/ids.ts'
import { truncate } from '../../../core/text.ts'
import { inSavepoint, inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { currentConsentText } from '../../identity/index.ts'
import { isKindOf } from '../data/kinds.ts'
import { PUBLIC_STATES } from '../policy/table.ts'
import { invalid } from '../public/filter.ts'
import {
  type CategoryId,
  type CreateIncident,
  ExternalRef,
  type KindId,
  type Place,
  type ReporterMove,
  type State,
} from '../schema.ts'
import { createIncident } from '../service/create.ts'
import { applyMove } from '../service/move.ts'
import { auditCase } from '../service/record.ts'
import {
  claimExternalRef,
  findByCodes,
  type IncidentRow,
  insertActivity,
  lockIncident,
} from '../store/cases.ts'
import { insertPhotos } from '../store/photos.ts'
import type { Answer } from './answer.ts'
import { asPartner, requireKey } from './keys.ts'
import { MAX_PARTNER_PHOTOS, NewRequest, NewUpdate } from './schema.ts'
import { REFERENCE_ATTRIBUTES, serviceCode } from './services.ts'
import {
  findSent,
  findUpdate,
  insertSent,
  insertUpdate,
  type KeyRow,
  lockReference,
} from './store.ts'
import { parseTime } from './times.ts'

/** Fields of a form as they came: `attribute[code]`, repeated ones in order. */
export type Form = ReadonlyMap<string, readonly string[]>

/** A note that an official reads beside a move. */
const MAX_NOTE = 500
const first = (form: Form, name: string): string | undefined =>
  form.get(name)?.find((value) => value.trim() !== '')
const attribute = (form: Form, code: string) =>
  first(form, `attribute[${code}]`) ?? first(form, `attribute[${code}][]`)

const fields = (form: Form, names: readonly string[]) =>
  Object.fromEntries(
    names.flatMap((name) => (first(form, name) ? [[name, first(form, name)]] : [])),
  )

const REQUEST_FIELDS = [
  'api_key',
  'service_code',
  'lat',
  'long',
  'address_string',
  'address_id',
  'description',
  'service_request_id_ext',
]
const UPDATE_FIELDS = [
  'api_key',
  'service_request_id',
  'update_id',
  'updated_datetime',
  'status',
  'description',
]

function photoLinks(form: Form): string[] {
  const links = [...(form.get('media_url') ?? []), ...(form.get('media_url[]') ?? [])]
  const isLink = (link: string) =>
    link.length <= 500 && /^https?:\/\//.test(link) && URL.canParse(link)
  return links.filter(isLink).slice(0, MAX_PARTNER_PHOTOS)
}

function placeOf(data: {
  lat?: number
  long?: number
  address_string?: string
  address_id?: string
}): Place {
  const { lat, long, address_string: text } = data
  const words = text === undefined ? {} : { text }
  if (lat !== undefined && long !== undefined) return { source: 'pin', lat, lng: long, ...words }
  if (data.address_id !== undefined && isUuid(data.address_id))
    return { source: 'hamlet', hamletId: data.address_id, ...words }
  if (text !== undefined) return { source: 'name', text }
  throw invalid('lat')
}

/**
 * Takes a request of a partner as an incident like any other; the partner's agreement stands for the sender's consent,
 * and nothing about the sender is kept. The same number of the partner for the same service is the same request: its
 * id is answered again, and other words are added to it. Throws `open311.key_invalid`, `open311.service_not_found`,
 * `http.invalid_input`, and what `createIncident` throws about places.
 */
export async function createRequest(
  ctx: Ctx,
  form: Form,
  given: { remote: string; idempotencyKey: string | undefined },
): Promise<Answer> {
  const secret = first(form, 'api_key')
  const key = await requireKey(ctx, { secret, right: 'requests.create', remote: given.remote })
  const data = parseInput(NewRequest, {
    ...fields(form, REQUEST_FIELDS),
    urgency: attribute(form, 'urgency'),
    kind: attribute(form, 'kind'),
  })
  const category = serviceCode(data.service_code)
  if (category === undefined)
    throw new AppError('open311.service_not_found', { params: { service: data.service_code } })
  if (data.kind !== undefined && !isKindOf(category, data.kind)) throw invalid('attribute[kind]')
  const place = placeOf(compact(data))
  const number =
    REFERENCE_ATTRIBUTES.map((code) => attribute(form, code)).find(Boolean) ??
    data.service_request_id_ext ??
    given.idempotencyKey
  const reference = number === undefined ? undefined : `${category}:${number.slice(0, 128)}`
  const description = data.description || ctx.t(`incidents:category.${category}`)
  const bodyHash = await sha256Hex(JSON.stringify([description, place, data.urgency, data.kind]))
  const asked: Asked = {
    bodyHash,
    reference,
    number,
    links: photoLinks(form),
    incident: {
      category,
      description,
      place,
      ...(data.urgency === undefined ? {} : { urgency: data.urgency }),
      ...(data.kind === undefined ? {} : { kind: data.kind as KindId }),
    },
  }
  return inTransaction(asPartner(ctx, key), (tx) => takeRequest(tx, key, asked))
}

type Asked = {
  bodyHash: string
  reference: string | undefined
  /** The partner's own number, which officials see beside ours. */
  number: string | undefined
  links: readonly string[]
  incident: Omit<CreateIncident, 'consentVersion'> & { category: CategoryId }
}

async function takeRequest(tx: Ctx, key: KeyRow, asked: Asked): Promise<Answer> {
  const { reference, bodyHash, number, links, incident } = asked
  if (reference !== undefined) {
    await lockReference(tx.db, `${key.id}:${reference}`)
    const sent = await findSent(tx.db, { keyId: key.id, reference })
    if (sent !== undefined) {
      if (sent.bodyHash !== bodyHash) await addWords(tx, sent.publicCode, incident.description)
      await insertPhotos(tx.db, sent.incidentId, links, tx.now())
      return requestAnswer(sent.publicCode)
    }
  }
  const { version } = await currentConsentText(tx.db, 'report')
  const created = await createIncident(
    tx,
    { ...incident, consentVersion: version, ...(await externalRef(tx, key, number)) },
    { channel: 'open311' },
  )
  const [row] = await findByCodes(tx.db, [created.publicCode])
  if (row === undefined) throw new Error('the case just made is gone')
  await insertSent(tx.db, {
    keyId: key.id,
    incidentId: row.id,
    reference: reference ?? null,
    bodyHash,
    createdAt: tx.now(),
  })
  await insertPhotos(tx.db, row.id, links, tx.now())
  await auditCase(tx, row, { action: 'incident.open311_request', data: { key: key.name } })
  return requestAnswer(created.publicCode, created.nextStep)
}

/** The same number sent for another service has its case already; it names that one only. */
async function externalRef(
  tx: Ctx,
  key: KeyRow,
  number: string | undefined,
): Promise<Pick<CreateIncident, 'externalRef'>> {
  const parsed = ExternalRef.safeParse({ source: key.name, number })
  if (!parsed.success) return {}
  const taken = await claimExternalRef(tx.db, parsed.data)
  return taken === undefined ? { externalRef: parsed.data } : {}
}

const requestAnswer = (id: string, notice?: string): Answer => ({
  root: 'service_requests',
  content: { item: 'request', of: [{ service_request_id: id, service_notice: notice }] },
})

async function addWords(tx: Ctx, publicCode: string, words: string): Promise<void> {
  const [row] = await findByCodes(tx.db, [publicCode])
  if (row !== undefined) await comment(tx, row, words)
}

/** Words from outside that officials read; the public never does. Returns the id of the step. */
async function comment(tx: Ctx, row: IncidentRow, words: string): Promise<string> {
  const id = tx.newId()
  await insertActivity(tx.db, [
    {
      id,
      incidentId: row.id,
      at: tx.now(),
      actorKind: tx.actor.kind,
      actorId: tx.actor.kind === 'system' ? tx.actor.name : null,
      kind: 'partner_comment',
      fromState: row.state,
      toState: row.state,
      isPublic: false,
      data: { comment: words, version: row.version },
    },
  ])
  await auditCase(tx, row, { action: 'incident.partner_comment' })
  return id
}

/** Words that say that it is not done yet; FixMyStreet sends more than open and closed. */
const isStillOpen = (status: string | undefined): boolean =>
  status !== undefined && /^(?:open|reopen|confirmed|investigating|in[ _]progress)$/i.test(status)

/**
 * An update from a partner. For its own request it counts as the sender's word: it answers our question, or reopens an
 * answered case; all else is a comment for officials. The same `update_id` again is the same update. Throws
 * `open311.key_invalid`, `incidents.not_found`, `http.invalid_input`.
 */
export async function createUpdate(ctx: Ctx, form: Form, remote: string): Promise<Answer> {
  const secret = first(form, 'api_key')
  const key = await requireKey(ctx, { secret, right: 'updates.create', remote })
  const data = parseInput(NewUpdate, {
    // What older clients call their number.
    update_id: first(form, 'update_id_ext'),
    ...fields(form, UPDATE_FIELDS),
  })
  if (data.updated_datetime !== undefined) parseTime(data.updated_datetime, 'updated_datetime')
  const links = photoLinks(form)
  const { description = '', status } = data
  const bodyHash = await sha256Hex(JSON.stringify([description, status, links]))
  return inTransaction(asPartner(ctx, key), async (tx) => {
    const [found] = await findByCodes(tx.db, [parsePublicCode(data.service_request_id) ?? ''])
    const row = found === undefined ? undefined : await lockIncident(tx.db, found.id)
    const isOwn =
      row !== undefined &&
      (await findSent(tx.db, { keyId: key.id, incidentId: row.id })) !== undefined
    if (row === undefined || !(isOwn || isPublic(row.state)))
      throw new AppError('incidents.not_found')
    const reference = data.update_id === undefined ? undefined : `${row.id}:${data.update_id}`
    const known = reference && (await findUpdate(tx.db, key.id, reference))
    if (known) return updateAnswer(known.activityId)
    const activityId = await takeUpdate(tx, row, {
      words: wordsOf(tx, description, links, isOwn),
      status,
      isOwn,
    })
    if (isOwn) await insertPhotos(tx.db, row.id, links, tx.now())
    if (reference !== undefined)
      await insertUpdate(tx.db, {
        keyId: key.id,
        reference,
        activityId,
        bodyHash,
        createdAt: tx.now(),
      })
    return updateAnswer(activityId)
  })
}

/** Photos of an own request come to lie with it; of somebody else's case officials get their addresses. */
function wordsOf(tx: Ctx, description: string, links: readonly string[], isOwn: boolean): string {
  if (!isOwn) return [description, ...links].filter((line) => line !== '').join('\n')
  const isBare = description === '' && links.length > 0
  return isBare ? tx.t('incidents:added.photos', { count: links.length }) : description
}

const isPublic = (state: State) => (PUBLIC_STATES as readonly State[]).includes(state)

async function takeUpdate(
  tx: Ctx,
  row: IncidentRow,
  said: { words: string; status: string | undefined; isOwn: boolean },
): Promise<string> {
  const note = truncate(said.words, MAX_NOTE)
  const move: ReporterMove | undefined =
    !said.isOwn || note === ''
      ? undefined
      : row.state === 'needs_info'
        ? { kind: 'give_info', text: note }
        : row.state === 'answered' && isStillOpen(said.status)
          ? { kind: 'reopen', note }
          : undefined
  const id = await comment(tx, row, said.words === '' ? (said.status ?? '') : said.words)
  if (move !== undefined) {
    try {
      await inSavepoint(tx, (inner) => applyMove(inner, row, move, 'reporter'))
    } catch (error) {
      // Reopened too often or too late: the words stay as a comment.
      if (!(error instanceof AppError)) throw error
    }
  }
  return id
}

const updateAnswer = (id: string): Answer => ({
  root: 'service_request_updates',
  content: { item: 'request_update', of: [{ update_id: id }] },
})

type Compact<T> = { [K in keyof T]: Exclude<T[K], undefined> }
const compact = <T extends object>(data: T) =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as Partial<
    Compact<T>
  >
