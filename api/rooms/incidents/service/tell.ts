import type { Ctx } from '../../../context.ts'
import { formatDate } from '../../../core/time.ts'
import { listHotlines } from '../../areas/index.ts'
import { notifyChat } from '../../conversations/index.ts'
import { linkFor } from '../../identity/index.ts'
import { type Phones, phonesOf } from '../messages/phones.ts'
import { type Told, tellMessages } from '../messages/tell.ts'
import type { Move, Tell } from '../policy/moves.ts'
import type { ReasonCode } from '../schema.ts'
import { findCaseMedia, findPublicCode, type IncidentRow } from '../store/cases.ts'
import { agencyName } from './around.ts'

/** The address under which everybody may read a published photo. */
export const photoUrl = (ctx: Ctx, mediaId: string): string =>
  `${ctx.settings.publicUrl}/api/v1/media/${mediaId}`

/** Numbers to call, as this installation lists them. */
export const loadPhones = async (ctx: Ctx, unitCode: string | null): Promise<Phones> =>
  phonesOf(await listHotlines(ctx.db, unitCode ?? ctx.settings.homeUnitCode))

/**
 * Tells the sender about a step, in the chat that the report came from (or the last one used, when that chat is gone).
 * A case without a known sender tells nobody. The same step is told once.
 */
export async function tellReporter(
  tx: Ctx,
  incident: IncidentRow,
  tell: Tell,
  move: Move,
): Promise<void> {
  if (incident.reporterId === null) return
  const links = await linkFor(tx, incident.reporterId)
  const link = links.find(({ channel }) => channel === incident.channel) ?? links[0]
  if (link === undefined) return
  const { channel, chatKey, language } = link
  const told: Told = {
    code: incident.publicCode,
    agency: incident.agencyCode === null ? '' : await agencyName(tx, incident.agencyCode, language),
    due: incident.dueDate === null ? '' : formatDate(incident.dueDate),
    phones: await loadPhones(tx, incident.unitCode),
    ...(incident.reasonCode === null ? {} : { reasonCode: incident.reasonCode as ReasonCode }),
    ...(move.kind === 'ask_info' ? { question: move.question } : {}),
    ...(tell === 'duplicate' ? { original: await originalCode(tx, incident) } : {}),
    ...(tell === 'answered' ? { answer: await answerOf(tx, incident, move) } : {}),
  }
  const messages = tellMessages(tx.translate(language), tell, told)
  for (const [i, message] of messages.entries()) {
    const dedupeKey = `incident:${incident.id}:${incident.version}:${i}`
    await notifyChat(tx, { channel, chatKey, language, message, dedupeKey })
  }
}

const originalCode = async (tx: Ctx, incident: IncidentRow): Promise<string> =>
  incident.duplicateOfId === null
    ? ''
    : ((await findPublicCode(tx.db, incident.duplicateOfId)) ?? '')

async function answerOf(tx: Ctx, incident: IncidentRow, move: Move): Promise<Told['answer']> {
  const media = await findCaseMedia(tx.db, [incident.id])
  const photos = media.filter((item) => item.role === 'proof' && item.isPublished)
  const reason = move.kind === 'answer' ? move.noProofReason : undefined
  return {
    text: incident.answerText ?? '',
    photos: photos.map(({ mediaId }) => ({ id: mediaId, url: photoUrl(tx, mediaId) })),
    ...(reason === undefined ? {} : { noProofReason: reason }),
  }
}
