import type { FlowData } from '../../chat/flow.ts'
import { type Message, text } from '../../chat/message.ts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import type { SimilarFact } from './flow/data.ts'
import { ownChoices, ownLabel } from './messages/own.ts'
import { caseChoice } from './messages/tell.ts'
import { trackMessages, unknownCodeMessages } from './messages/track.ts'
import { isOpen } from './policy/table.ts'
import { findOwn, listMine } from './service/own.ts'
import { getPublicIncident } from './service/read.ts'
import { loadPhones, photoUrl } from './service/tell.ts'

/** More buttons than this are no help; older cases are found by their code. */
const MAX_OWN = 5

const asResident = (ctx: Ctx, residentId: string): Ctx => ({
  ...ctx,
  actor: { kind: 'resident', residentId },
})

/** The person's own cases as buttons, when no code was given. */
export async function lookForOwn(
  ctx: Ctx,
  known: FlowData,
  residentId: string | null,
): Promise<{ own?: SimilarFact[] }> {
  if (residentId === null || typeof known.code === 'string') return {}
  const mine = await listMine(asResident(ctx, residentId))
  return {
    own: mine
      .slice(0, MAX_OWN)
      .map((one) => ({ code: one.publicCode, label: ownLabel(ctx.t, one) })),
  }
}

/** A case as this person may see it: with what they may do when it is theirs, else with the public facts. */
export async function showCase(
  ctx: Ctx,
  code: string | null,
  residentId: string,
): Promise<readonly Message[]> {
  if (code === null) throw new AppError('incidents.not_found')
  const url = (id: string) => photoUrl(ctx, id)
  try {
    const own = residentId === '' ? undefined : await findOwn(asResident(ctx, residentId), code)
    if (own !== undefined) {
      const { question } = own
      const asks =
        question === undefined ? [] : [text(ctx.t('incidents:track.question', { question }))]
      return trackMessages(ctx.t, own, url, ownChoices(ctx.t, own), asks)
    }
    const shown = await getPublicIncident(ctx, code)
    const canFollow = shown.description !== undefined && isOpen(shown.state)
    const follow = {
      id: caseChoice('follow', shown.publicCode),
      label: ctx.t('incidents:act.follow'),
    }
    return trackMessages(ctx.t, shown, url, canFollow ? [follow] : [])
  } catch (error) {
    if (error instanceof AppError && error.code === 'incidents.not_found')
      return unknownCodeMessages(ctx.t, code, await loadPhones(ctx, null))
    throw error
  }
}
