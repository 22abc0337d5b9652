import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { newPublicCode, newSecret, sha256Hex } from '../../../core/ids.ts'
import { localDate } from '../../../core/time.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { attachMedia } from '../../../files/index.ts'
import { parseInput } from '../../../http/kit.ts'
import { loadCalendar, placeLabel, workingDaysAfter } from '../../areas/index.ts'
import { consentTextView, currentConsentText, giveConsent } from '../../identity/index.ts'
import { categoryOf } from '../data/categories.ts'
import { nextStepText } from '../messages/intake.ts'
import { type CreatedIncident, CreateIncident } from '../schema.ts'
import { findRoute, type IncidentRow, insertCaseMedia, insertIncident } from '../store.ts'
import { agencyName } from './around.ts'
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
 * Takes a report. Anonymous senders, residents, and chats (as `system`, with `via`); an official writes none for
 * others. Throws `incidents.place_missing`, `incidents.place_unclear`, `incidents.outside_province`,
 * `identity.consent_stale`, `files.not_found`. The secret in the answer is shown this once.
 */
export async function createIncident(
  ctx: Ctx,
  input: CreateIncident,
  via: Via = { channel: 'web' },
): Promise<CreatedIncident> {
  const { actor } = ctx
  if (actor.kind === 'official') throw new AppError('http.forbidden')
  const data = parseInput(CreateIncident, input)
  const category = categoryOf(data.category)
  const residentId = via.residentId ?? (actor.kind === 'resident' ? actor.residentId : undefined)
  return inTransaction(ctx, async (tx) => {
    await requireConsent(tx, { version: data.consentVersion, residentId, channel: via.channel })
    const place = await settlePlace(tx, data.place)
    const route = await findRoute(tx.db, data.category, place.unitCode)
    const now = tx.now()
    const dueDate = workingDaysAfter(
      localDate(now),
      route?.dueInWorkingDays ?? category.dueInWorkingDays,
      await loadCalendar(tx.db),
    ).date
    const secret = newSecret(tx.ports.random)
    const incident = await insertWithCode(tx, {
      id: tx.newId(),
      state: 'received',
      category: data.category,
      urgency: data.urgency ?? 'normal',
      description: data.description,
      lng: place.at?.lng ?? null,
      lat: place.at?.lat ?? null,
      placeSource: data.place.source,
      placeText: place.text,
      unitCode: place.unitCode,
      hamletId: place.hamletId,
      isPrivatePlace: data.place.isPrivate ?? category.isPrivate,
      channel: via.channel,
      reporterId: residentId ?? null,
      secretHash: await sha256Hex(secret),
      hidesIdentity: data.hidesIdentity ?? true,
      dueDate,
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
        data: { consentVersion: data.consentVersion, channel: via.channel },
      },
    ])
    await auditCase(tx, incident, {
      action: 'incident.create',
      data: { category: incident.category, unitCode: place.unitCode, channel: via.channel },
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
