import type { FlowEntry, FlowMeta } from '../../chat/entry.ts'
import type { Flow, FlowData } from '../../chat/flow.ts'
import { type Message, say } from '../../chat/message.ts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import { appointmentEntry } from './appointment-chat.ts'
import { lookerOf } from './chat-looker.ts'
import { delegationEntries } from './delegation-chat.ts'
import {
  type CheckData,
  type CodeData,
  checkFlow,
  type DetailsData,
  detailsFlow,
  type FollowData,
  followFlow,
  unfollowFlow,
} from './flow/check.ts'
import { type ChecklistData, checklistFlow } from './flow/checklist.ts'
import { type ProcedureData, procedureFlow } from './flow/procedure.ts'
import {
  checklistMessage,
  noProcedureMessage,
  procedureChoices,
  procedureMessage,
} from './messages/procedure.ts'
import { answerMessage, offerMessage } from './messages/told.ts'
import { followDossier, listFollowed, unfollowDossier } from './service/follow.ts'
import { lookUpDossier } from './service/look-up.ts'
import { findProcedures, getProcedure } from './service/procedures.ts'
import { PORTAL_URL } from './service/view.ts'

const residentOf = ({ residentId }: FlowMeta): string | undefined =>
  residentId === '' ? undefined : residentId

async function show(ctx: Ctx, code: string, meta: FlowMeta, digits?: string): Promise<Message[]> {
  const { t } = ctx
  const residentId = residentOf(meta)
  const answer = await lookUpDossier(
    ctx,
    { code, ...(digits === undefined ? {} : { digits }) },
    lookerOf(meta),
  )
  if (answer.outcome === 'did_you_mean') throw new AppError('dossiers.code_invalid')
  if (answer.outcome === 'elsewhere')
    return [say(answer.text, [{ id: 'check_dossier', label: t('dossiers:choice.another') }])]
  const followed = residentId === undefined ? [] : await listFollowed(ctx, { residentId })
  const own = followed.find(({ dossier }) => dossier.code === code)
  const view = own?.dossier.details === undefined ? answer.dossier : own.dossier
  return [answerMessage(t, view, own)]
}

/** An unknown code ends the question: it is no slip of this step. */
async function finishCheck(ctx: Ctx, raw: FlowData, meta: FlowMeta): Promise<readonly Message[]> {
  // What the engine hands back is what this flow put there; its version guards the shape.
  const { code, delegation } = raw as CheckData
  if (delegation !== null) return [offerMessage(ctx.t, delegation)]
  if (code === null) throw new AppError('dossiers.code_invalid')
  try {
    return await show(ctx, code, meta)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'dossiers.not_found') throw error
    const again = { id: 'check_dossier', label: ctx.t('dossiers:choice.another') }
    return [say(ctx.t('errors:dossiers.not_found'), [again])]
  }
}

async function finishDetails(ctx: Ctx, raw: FlowData, meta: FlowMeta): Promise<readonly Message[]> {
  const { code, digits } = raw as DetailsData
  if (code === null || digits === null) throw new AppError('dossiers.code_invalid')
  return show(ctx, code, meta, digits)
}

async function finishFollow(ctx: Ctx, raw: FlowData, meta: FlowMeta): Promise<readonly Message[]> {
  const { code, consentVersion } = raw as FollowData
  const residentId = residentOf(meta)
  if (code === null) throw new AppError('dossiers.code_invalid')
  const back = [{ id: `check_dossier.${code}`, label: ctx.t('dossiers:choice.check') }]
  if (consentVersion === null || residentId === undefined)
    return [say(ctx.t('dossiers:follow.declined'), back)]
  await followDossier(ctx, { residentId, code }, lookerOf(meta))
  return [say(ctx.t('dossiers:follow.done'), back)]
}

async function finishUnfollow(
  ctx: Ctx,
  raw: FlowData,
  meta: FlowMeta,
): Promise<readonly Message[]> {
  const { code } = raw as CodeData
  const residentId = residentOf(meta)
  if (code === null) throw new AppError('dossiers.code_invalid')
  if (residentId !== undefined) await unfollowDossier(ctx, { residentId, code })
  const back = [{ id: `check_dossier.${code}`, label: ctx.t('dossiers:choice.check') }]
  return [say(ctx.t('dossiers:follow.ended'), back)]
}

async function finishProcedure(ctx: Ctx, raw: FlowData): Promise<readonly Message[]> {
  const { code, words, lifeEvent } = raw as ProcedureData
  const { t } = ctx
  if (code !== null) return [procedureMessage(t, await getProcedure(ctx, code))]
  if (lifeEvent !== null) {
    const { items } = await findProcedures(ctx, { lifeEvent })
    return [items.length === 0 ? noProcedureMessage(t, PORTAL_URL) : procedureChoices(t, items)]
  }
  const { isClear, items } = await findProcedures(ctx, { words: words ?? undefined })
  const [first] = items
  if (first !== undefined && isClear) return [procedureMessage(t, first)]
  if (items.length > 0) return [procedureChoices(t, items)]
  return [noProcedureMessage(t, PORTAL_URL)]
}

async function lookChecklist(ctx: Ctx, data: FlowData): Promise<FlowData> {
  if (typeof data.payload !== 'string') return {}
  const { code, name, papers } = await getProcedure(ctx, data.payload)
  return { procedure: { code, name, papers } }
}

async function finishChecklist(ctx: Ctx, raw: FlowData): Promise<readonly Message[]> {
  const { code, papers, have } = raw as ChecklistData
  return [checklistMessage(ctx.t, { code, missing: papers.filter((_, i) => !have.includes(i)) })]
}

/** The conversations of this room. */
export const dossierFlows: readonly FlowEntry<Ctx>[] = [
  { flow: checkFlow as Flow, intents: ['check_dossier'], readsOnly: true, finish: finishCheck },
  {
    flow: detailsFlow as Flow,
    intents: ['dossier_details'],
    readsOnly: true,
    finish: finishDetails,
  },
  {
    flow: followFlow as Flow,
    intents: ['follow_dossier'],
    purpose: 'notify',
    finish: finishFollow,
  },
  {
    flow: unfollowFlow as Flow,
    intents: ['unfollow_dossier'],
    readsOnly: true,
    finish: finishUnfollow,
  },
  { flow: procedureFlow as Flow, intents: ['procedure'], readsOnly: true, finish: finishProcedure },
  {
    flow: checklistFlow as Flow,
    intents: ['checklist'],
    readsOnly: true,
    standing: 'ticks',
    look: lookChecklist,
    finish: finishChecklist,
  },
  ...delegationEntries,
  appointmentEntry,
]
