import type { FlowEntry, FlowMeta } from '../../chat/entry.ts'
import type { Flow, FlowData } from '../../chat/flow.ts'
import type { Message } from '../../chat/message.ts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import { actOnCase } from './chat-case.ts'
import { lookForOwn, showCase } from './chat-track.ts'
import { caseFlow } from './flow/case.ts'
import type { ChosenPlace, ReportData, SimilarFact } from './flow/data.ts'
import { reportFlow } from './flow/report.ts'
import { type TrackData, trackFlow } from './flow/track.ts'
import { createdMessages, declinedMessages } from './messages/intake.ts'
import { followedMessage } from './messages/own.ts'
import { similarLabel } from './messages/track.ts'
import type { Place } from './schema.ts'
import { createIncident } from './service/create.ts'
import { followIncident } from './service/follow.ts'
import { findSimilarIncidents } from './service/near.ts'
import { loadPhones } from './service/tell.ts'

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
  if (data.followCode !== null) {
    await followIncident(ctx, data.followCode)
    return [followedMessage(ctx.t, data.followCode)]
  }
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
      ...(data.found.depthCm === null ? {} : { depthCm: Math.round(data.found.depthCm) }),
      consentVersion,
    },
    { channel: meta.channel, residentId: meta.residentId, conversationKey: meta.chatKey },
  )
  return createdMessages(ctx.t, { ...created, isUrgent: data.isUrgent }, phones)
}

/** More than this is no short question. */
const MAX_SIMILAR = 3

/** Open cases near a report that is about to be sent; a place that does not settle has nothing near. */
async function lookForSimilar(ctx: Ctx, raw: FlowData): Promise<{ similar?: SimilarFact[] }> {
  const { category, place, isUrgent, hasSeenSimilar } = raw as Partial<ReportData>
  if (!category || !place || isUrgent || hasSeenSimilar) return {}
  try {
    const near = await findSimilarIncidents(ctx, { category, place: toPlaceInput(place) })
    return {
      similar: near
        .slice(0, MAX_SIMILAR)
        .map((one) => ({ code: one.publicCode, label: similarLabel(ctx.t, one) })),
    }
  } catch (error) {
    if (error instanceof AppError) return {}
    throw error
  }
}

/** The conversations of this room: report an incident, look at cases, act on one. */
export const incidentFlows: readonly FlowEntry<Ctx>[] = [
  {
    flow: reportFlow as Flow,
    intents: ['report_incident'],
    look: lookForSimilar,
    finish: finishReport,
  },
  {
    flow: trackFlow as Flow,
    intents: ['track_report'],
    readsOnly: true,
    look: lookForOwn,
    finish: (ctx, data, meta) => showCase(ctx, (data as TrackData).code, meta.residentId),
  },
  { flow: caseFlow as Flow, intents: ['case'], finish: actOnCase },
]
