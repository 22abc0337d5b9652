import type { FlowEntry, FlowMeta } from '../../chat/entry.ts'
import type { Flow, FlowData } from '../../chat/flow.ts'
import { type Message, say } from '../../chat/message.ts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import { lookerOf } from './chat-looker.ts'
import { type CodeData, codeOf } from './flow/check.ts'
import {
  type DelegateData,
  delegateFlow,
  endDelegationFlow,
  type TakeData,
  takeFlow,
} from './flow/delegation.ts'
import { answerMessage, delegationMessage } from './messages/told.ts'
import { acceptDelegation, delegateDossier, endDelegation } from './service/delegation.ts'
import { followDossier, followLevel } from './service/follow.ts'

/** Whether this person proved the dossier before, so that no digits are asked for. */
async function lookProof(ctx: Ctx, data: FlowData, residentId: string | null): Promise<FlowData> {
  const code = codeOf(data)
  if (code === null || residentId === null) return {}
  return { isProved: (await followLevel(ctx, { residentId, code })) === 'full' }
}

async function finishDelegate(ctx: Ctx, raw: FlowData, meta: FlowMeta): Promise<Message[]> {
  // What the engine hands back is what this flow put there; its version guards the shape.
  const { code, digits } = raw as DelegateData
  const { residentId } = meta
  if (code === null || digits === null || residentId === '')
    throw new AppError('dossiers.not_found')
  if (digits !== '') await followDossier(ctx, { residentId, code, digits }, lookerOf(meta))
  const made = await delegateDossier(ctx, { residentId, code })
  return [delegationMessage(ctx.t, { code, delegation: made.code, expiresAt: made.expiresAt })]
}

async function finishTake(ctx: Ctx, raw: FlowData, meta: FlowMeta): Promise<Message[]> {
  const { consentVersion, delegation } = raw as TakeData
  const { residentId } = meta
  if (consentVersion === null || residentId === '') return [say(ctx.t('dossiers:follow.declined'))]
  const input = { residentId, delegation: delegation ?? '' }
  const [taken] = await acceptDelegation(ctx, input, lookerOf(meta))
  return taken === undefined ? [] : [answerMessage(ctx.t, taken.dossier, taken)]
}

async function finishEnd(ctx: Ctx, raw: FlowData, { residentId }: FlowMeta): Promise<Message[]> {
  const { code } = raw as CodeData
  if (code === null) throw new AppError('dossiers.code_invalid')
  if (residentId !== '') await endDelegation(ctx, { residentId, code, which: 'all' })
  const back = [{ id: `check_dossier.${code}`, label: ctx.t('dossiers:choice.check') }]
  return [say(ctx.t('dossiers:delegation.ended'), back)]
}

/** A dossier shared with a relative: given, taken, ended. */
export const delegationEntries: readonly FlowEntry<Ctx>[] = [
  {
    flow: delegateFlow as Flow,
    intents: ['delegate_dossier'],
    readsOnly: true,
    look: lookProof,
    finish: finishDelegate,
  },
  { flow: takeFlow as Flow, intents: ['take_dossier'], purpose: 'notify', finish: finishTake },
  {
    flow: endDelegationFlow as Flow,
    intents: ['end_delegation'],
    readsOnly: true,
    finish: finishEnd,
  },
]
