import type { Language } from '../../../../locales/index.ts'
import type { Message } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { formatDate } from '../../../core/time.ts'
import { findAgency, listHotlines } from '../../areas/index.ts'
import { deliver } from '../../delivery/index.ts'
import { type Phones, phonesOf } from '../messages/phones.ts'
import { type Reader, type Told, type ToldAnswer, tellMessage } from '../messages/tell.ts'
import type { Decision, Move, Tell } from '../policy/moves.ts'
import { answerFacts, proofOf, type Steps, textOf } from '../policy/view.ts'
import type { ReasonCode } from '../schema.ts'
import { findActivity, findCaseMedia, findPublicCode, type IncidentRow } from '../store/cases.ts'

/** The address under which everybody may read a published photo. */
export const photoUrl = (ctx: Ctx, mediaId: string): string =>
  `${ctx.settings.publicUrl}/api/v1/media/${mediaId}`

/** Numbers to call, as this installation lists them. */
export const loadPhones = async (ctx: Ctx, unitCode: string | null): Promise<Phones> =>
  phonesOf(await listHotlines(ctx.db, unitCode ?? ctx.settings.homeUnitCode))

/** Tells the sender about a step. A case without a known sender tells nobody. The same step is told once. */
export async function tellReporter(tx: Ctx, incident: IncidentRow, tell: Tell): Promise<void> {
  const { reporterId, id, version, channel } = incident
  if (reporterId === null) return
  const message = await wordStep(tx, incident, tell, 'reporter')
  const dedupeKey = `incident:${id}:${version}`
  await deliver(tx, {
    residentId: reporterId,
    kind: 'incident_step',
    lane: 'reply',
    message,
    dedupeKey,
    channel,
  })
}

/** Tells people who follow a case about a step that the public sees; each of them once. */
export async function tellFollowers(
  tx: Ctx,
  incident: IncidentRow,
  input: { tell: Tell; residentIds: readonly string[]; key: string },
): Promise<void> {
  const { tell, residentIds, key } = input
  if (residentIds.length === 0) return
  const message = await wordStep(tx, incident, tell, 'follower')
  for (const residentId of residentIds) {
    const dedupeKey = `incident:${incident.id}:${key}:${residentId}`
    await deliver(tx, { residentId, kind: 'incident_step', lane: 'notice', message, dedupeKey })
  }
}

type Previewed = { tell: Tell; move: Move; decision: Decision }

/** The sender's message about a step that is not made, in Vietnamese; photos that are not published yet stand in it. */
export async function wordPreview(
  ctx: Ctx,
  incident: IncidentRow,
  { tell, move, decision }: Previewed,
): Promise<Message> {
  const { agencyCode, dueDate, reasonCode, duplicateOfId, answerText } = {
    ...incident,
    ...decision.changes,
  }
  const then = { ...incident, agencyCode, dueDate, reasonCode, duplicateOfId, answerText }
  const made = decision.activity.map(({ kind, to, isPublic, data }) => ({
    ...{ kind, toState: to, isPublic, data },
    at: ctx.now().toISOString(),
  }))
  const steps = [...(await findActivity(ctx.db, [incident.id])), ...made]
  const shown = move.kind === 'answer' ? move.mediaIds : undefined
  return (await wordStep(ctx, then, tell, 'reporter', steps, shown))('vi')
}

/** The message about a step in either language, with everything looked up that is not given. */
async function wordStep(
  tx: Ctx,
  incident: IncidentRow,
  tell: Tell,
  reader: Reader,
  given?: Steps,
  shown?: readonly string[],
): Promise<(language: Language) => Message> {
  const { publicCode, agencyCode, dueDate, reasonCode, duplicateOfId, unitCode } = incident
  const steps = given ?? (await findActivity(tx.db, [incident.id]))
  const agency = agencyCode === null ? undefined : await findAgency(tx.db, agencyCode)
  const question = textOf(steps.findLast((step) => step.kind === 'ask_info')?.data.question)
  const redirectTo = textOf(steps.findLast((step) => step.kind === 'refuse')?.data.redirectTo)
  const original = duplicateOfId === null ? undefined : await findPublicCode(tx.db, duplicateOfId)
  const told: Omit<Told, 'agency'> = {
    code: publicCode,
    due: dueDate === null ? '' : formatDate(dueDate),
    phones: await loadPhones(tx, unitCode),
    ...(reasonCode === null ? {} : { reasonCode: reasonCode as ReasonCode }),
    ...(redirectTo === undefined ? {} : { redirectTo }),
    ...(question === undefined ? {} : { question }),
    ...(original === undefined ? {} : { original }),
    ...(tell === 'answered' ? { answer: await answerOf(tx, incident, steps, shown) } : {}),
  }
  return (language) => {
    const name = language === 'en' ? agency?.nameEn : agency?.nameVi
    return tellMessage(
      tx.translate(language),
      tell,
      { ...told, agency: name ?? agencyCode ?? '' },
      reader,
    )
  }
}

async function answerOf(
  tx: Ctx,
  incident: IncidentRow,
  steps: Steps,
  shown?: readonly string[],
): Promise<ToldAnswer> {
  const media = shown === undefined ? await findCaseMedia(tx.db, [incident.id]) : []
  const ids = shown ?? proofOf(media, steps)
  return {
    text: incident.answerText ?? '',
    photos: ids.map((id) => ({ id, url: photoUrl(tx, id) })),
    ...answerFacts(steps),
  }
}
