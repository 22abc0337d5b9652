import type { FlowEntry, FlowMeta } from '../../chat/entry.ts'
import type { Flow, FlowData } from '../../chat/flow.ts'
import type { Message } from '../../chat/message.ts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import type { ChosenPlace, ReportData } from './flow/data.ts'
import { reportFlow } from './flow/report.ts'
import { type TrackData, trackFlow } from './flow/track.ts'
import { createdMessages, declinedMessages } from './messages/intake.ts'
import { trackMessages, unknownCodeMessages } from './messages/track.ts'
import type { Place } from './schema.ts'
import { createIncident } from './service/create.ts'
import { getPublicIncident } from './service/read.ts'
import { loadPhones, photoUrl } from './service/tell.ts'

function toPlaceInput(place: ChosenPlace): Place {
  const { source, label, words, lng, lat, unitCode, hamletId } = place
  return {
    source,
    text: words === undefined ? label : `${label}: ${words}`,
    ...(lng === undefined ? {} : { lng }),
    ...(lat === undefined ? {} : { lat }),
    ...(unitCode === undefined ? {} : { unitCode }),
    ...(hamletId === undefined ? {} : { hamletId }),
  }
}

async function finishReport(ctx: Ctx, raw: FlowData, meta: FlowMeta): Promise<readonly Message[]> {
  // What the engine hands back is what this flow put there; its version guards the shape.
  const data = raw as ReportData
  const phones = await loadPhones(ctx, null)
  if (data.hasDeclined) return declinedMessages(ctx.t, phones)
  const { consentVersion, category, place, description } = data
  if (consentVersion === null) throw new AppError('identity.consent_missing')
  if (category === null || description === null) throw new AppError('http.invalid_input')
  if (place === null) throw new AppError('incidents.place_missing')
  const created = await createIncident(
    ctx,
    {
      category,
      description,
      place: toPlaceInput(place),
      media: data.mediaIds.map((mediaId) => ({ mediaId })),
      urgency: data.isUrgent ? 'urgent' : 'normal',
      hidesIdentity: data.hidesIdentity,
      consentVersion,
    },
    { channel: meta.channel, residentId: meta.residentId, conversationKey: meta.chatKey },
  )
  return createdMessages(ctx.t, { ...created, isUrgent: data.isUrgent }, phones)
}

async function finishTrack(ctx: Ctx, raw: FlowData): Promise<readonly Message[]> {
  const { code } = raw as TrackData
  if (code === null) throw new AppError('incidents.not_found')
  try {
    const incident = await getPublicIncident(ctx, code)
    return trackMessages(ctx.t, incident, (id) => photoUrl(ctx, id))
  } catch (error) {
    if (error instanceof AppError && error.code === 'incidents.not_found')
      return unknownCodeMessages(ctx.t, code, await loadPhones(ctx, null))
    throw error
  }
}

/** The conversations of this room: report an incident, follow a case. */
export const incidentFlows: readonly FlowEntry<Ctx>[] = [
  { flow: reportFlow as Flow, intents: ['report_incident'], finish: finishReport },
  { flow: trackFlow as Flow, intents: ['track_report'], readsOnly: true, finish: finishTrack },
]
