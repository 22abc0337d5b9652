import type { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { newPublicCode, newSecret, sha256Hex } from '../../../core/ids.ts'
import { localDate } from '../../../core/time.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { attachMedia } from '../../../files/index.ts'
import { parseInput } from '../../../http/kit.ts'
import { loadCalendar, placeLabel } from '../../areas/index.ts'
import {
  consentTextView,
  currentConsentText,
  giveConsent,
  requireCan,
} from '../../identity/index.ts'
import { categoryOf } from '../data/categories.ts'
import { isKindOf } from '../data/kinds.ts'
import { nextStepText } from '../messages/intake.ts'
import { countDue } from '../policy/due.ts'
import { saidIn } from '../policy/said.ts'
import { searchWords } from '../policy/words.ts'
import { type CreatedIncident, CreateIncident, type ExternalRef } from '../schema.ts'
import {
  claimExternalRef,
  findRoute,
  type IncidentRow,
  insertCaseMedia,
  insertIncident,
} from '../store/cases.ts'
import { insertWords } from '../store/words.ts'
import { agencyName } from './around.ts'
import { raiseAttention } from './attention.ts'
import { linkRepeats } from './near.ts'
import { settlePlace } from './place.ts'
import { auditCase, recordSteps } from './record.ts'

/** Through which door a report came; a chat also says whose it is. */
export type Via = {
  channel: string
  residentId?: string
  /** Key of the chat, which proves that its photos are the sender's. */
  conversationKey?: string
}

/** Codes are drawn from 17 billion; a second clash in a row is a fault of the random source. */
const CODE_DRAWS = 5

/**
 * Takes a report. Anonymous senders, residents, and chats (as `system`, with `via`); an official only writes down what
 * somebody told (`onBehalf`), for places within reach. Throws `incidents.external_taken`, `incidents.place_missing`, `incidents.place_unclear`, `incidents.outside_province`,
 * `identity.consent_stale`, `files.not_found`. The secret in the answer is shown this once.
 */
export async function createIncident(
  ctx: Ctx,
  input: CreateIncident,
  via: Via = { channel: 'web' },
): Promise<CreatedIncident> {
  const { actor } = ctx
  const data = parseInput(CreateIncident, input)
  requireFit(ctx, data)
  const kind = data.kind ?? null
  const category = categoryOf(data.category)
  const residentId = via.residentId ?? (actor.kind === 'resident' ? actor.residentId : undefined)
  const channel = data.onBehalf?.channel ?? via.channel
  return inTransaction(ctx, async (tx) => {
    await requireConsent(tx, { version: data.consentVersion, residentId, channel })
    const place = await settlePlace(tx, data.place)
    if (data.onBehalf !== undefined) requireCan(tx, 'incidents.create_for', place)
    if (data.externalRef !== undefined) await requireFreeRef(tx, data.externalRef)
    const route = await findRoute(tx.db, { ...place, category: data.category, kind })
    const now = tx.now()
    const { dueDate, dueBasis } = countDue(
      localDate(now),
      route?.dueInWorkingDays ?? category.dueInWorkingDays,
      await loadCalendar(tx.db),
    )
    const secret = newSecret(tx.ports.random)
    const said = saidIn(data, now)
    const incident = await insertWithCode(tx, {
      id: tx.newId(),
      state: 'received',
      category: data.category,
      kind,
      urgency: data.urgency ?? 'normal',
      description: data.description,
      ...said,
      lng: place.at?.lng ?? null,
      lat: place.at?.lat ?? null,
      placeSource: data.place.source,
      placeText: place.text,
      unitCode: place.unitCode,
      hamletId: place.hamletId,
      isPrivatePlace: data.place.isPrivate ?? category.isPrivate,
      channel,
      takenById: actor.kind === 'official' ? actor.officialId : null,
      externalSource: data.externalRef?.source ?? null,
      externalRef: data.externalRef?.number ?? null,
      reporterId: residentId ?? null,
      secretHash: await sha256Hex(secret),
      hidesIdentity: data.hidesIdentity ?? true,
      dueDate,
      dueBasis: JSON.stringify(dueBasis),
      createdAt: now,
      updatedAt: now,
    })
    await keepPhotos(tx, incident, data.media ?? [], via.conversationKey)
    await recordSteps(tx, incident, [
      {
        kind: 'received',
        from: null,
        to: 'received',
        isPublic: true,
        data: {
          consentVersion: data.consentVersion,
          channel,
          ...(data.onBehalf === undefined ? {} : { consent: data.onBehalf.consent }),
        },
      },
    ])
    await insertWords(tx.db, [{ incidentId: incident.id, words: searchWords(incident) }])
    await linkRepeats(tx, incident)
    if (incident.urgency === 'urgent')
      await raiseAttention(tx, incident, { kind: 'urgent', recipient: 'dispatcher', key: 'new' })
    await auditCase(tx, incident, {
      action: 'incident.create',
      data: { category: incident.category, kind, unitCode: place.unitCode, channel },
    })
    return {
      publicCode: incident.publicCode,
      secret,
      state: incident.state,
      unitCode: place.unitCode,
      dueDate,
      nextStep: nextStepText(tx.t, {
        unit: placeLabel(place.unitCode),
        agency: route === undefined ? undefined : await agencyName(tx, route.agencyCode),
        dueDate,
        isUrgent: incident.urgency === 'urgent',
      }),
    }
  })
}

/** What may come together: a kind of this very category, and an official's marks from officials (or jobs) alone. */
function requireFit(ctx: Ctx, data: z.output<typeof CreateIncident>): void {
  const { category, kind, onBehalf, externalRef } = data
  if (kind !== undefined && !isKindOf(category, kind))
    throw new AppError('http.invalid_input', { issues: [{ path: 'kind', code: 'invalid_value' }] })
  const isOfficial = ctx.actor.kind === 'official'
  if (isOfficial !== (onBehalf !== undefined)) throw new AppError('http.forbidden')
  if (isOfficial) requireCan(ctx, 'incidents.create_for')
  if (externalRef !== undefined && !isOfficial && ctx.actor.kind !== 'system')
    throw new AppError('http.forbidden')
}

async function requireFreeRef(tx: Ctx, ref: ExternalRef): Promise<void> {
  const publicCode = await claimExternalRef(tx.db, ref)
  if (publicCode !== undefined)
    throw new AppError('incidents.external_taken', { params: { code: publicCode } })
}

/** The text that was agreed to must be the one that is asked now; of a known resident the proof is kept. */
async function requireConsent(
  tx: Ctx,
  given: { version: number; residentId: string | undefined; channel: string },
): Promise<void> {
  const { version, residentId, channel } = given
  if (residentId !== undefined) {
    await giveConsent(tx, { residentId, purpose: 'report', version, channel })
    return
  }
  const text = await currentConsentText(tx.db, 'report')
  if (text.version !== version) {
    throw new AppError('identity.consent_stale', { detail: consentTextView(text, tx.language) })
  }
}

async function insertWithCode(
  tx: Ctx,
  row: Parameters<typeof insertIncident>[1],
): Promise<IncidentRow> {
  for (let draw = 0; draw < CODE_DRAWS; draw++) {
    const inserted = await insertIncident(tx.db, row, newPublicCode(tx.ports.random))
    if (inserted !== undefined) return inserted
  }
  throw new Error('no free public code in five draws')
}

async function keepPhotos(
  tx: Ctx,
  incident: IncidentRow,
  media: readonly { mediaId: string; uploadSecret?: string | undefined }[],
  conversationKey: string | undefined,
): Promise<void> {
  const attached = await attachMedia(tx, { media, conversationKey, attachedTo: incident.id })
  await insertCaseMedia(
    tx.db,
    incident.id,
    'report',
    attached.map((item) => item.mediaId),
  )
}
