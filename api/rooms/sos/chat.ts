import type { FlowEntry, FlowMeta } from '../../chat/entry.ts'
import type { Flow, FlowData } from '../../chat/flow.ts'
import { type Message, say } from '../../chat/message.ts'
import type { Ctx } from '../../context.ts'
import { listHotlines } from '../areas/index.ts'
import type { SosData } from './flow/data.ts'
import { sosFlow } from './flow/index.ts'
import { callFirst, numbersOf, toldMessage } from './messages.ts'
import { isOver } from './policy/moves.ts'
import { endSosOfChat } from './service/move.ts'
import { raiseSos, type Told } from './service/raise.ts'
import { findCase } from './store.ts'

const toldIn = ({ place, placeWords, depthCm, ...data }: SosData): Told => ({
  ...(place === null && placeWords === null
    ? {}
    : { place: { ...place, ...(placeWords === null ? {} : { words: placeWords }) } }),
  ...(data.people === null ? {} : { people: data.people }),
  ...(data.vulnerable.length === 0 ? {} : { vulnerable: data.vulnerable }),
  ...(depthCm === null ? {} : { depthCm }),
  ...(data.phone === null ? {} : { phone: data.phone }),
  words: data.fresh,
  media: data.freshMedia,
})

/** Keeps what is known after every message: the first one already is the call. */
async function keepCall(
  ctx: Ctx,
  known: FlowData,
  { channel, chatKey, residentId }: FlowMeta,
): Promise<{ data: FlowData; say: readonly Message[] }> {
  const data = known as SosData
  const caller = { channel, chatKey, residentId: residentId === '' ? null : residentId }
  const { row, told, isChanged } = await raiseSos(ctx, caller, toldIn(data))
  const kept = { ...data, caseId: row.id, fresh: [], freshMedia: [] }
  const added = isChanged ? [say(ctx.t('sos:added'))] : []
  if (data.caseId !== null) return { data: kept, say: added }
  const lines = await listHotlines(ctx.db, row.unitCode)
  const first = callFirst(ctx.t, ctx.language, lines)
  const next = told === null ? added : [toldMessage(ctx.t, told, row.unitCode, numbersOf(lines))]
  return { data: kept, say: [first, ...next] }
}

/** An official may have ended it meanwhile: what is said then is about something else. */
async function lookAtCall(ctx: Ctx, data: FlowData): Promise<FlowData> {
  const { caseId } = data
  const row = typeof caseId === 'string' ? await findCase(ctx.db, caseId) : undefined
  return row !== undefined && isOver(row.state) ? { isOver: true } : {}
}

async function endCall(ctx: Ctx, data: FlowData, meta: FlowMeta): Promise<readonly Message[]> {
  const { ended } = data as SosData
  if (ended === null) return []
  const { channel, chatKey } = meta
  await endSosOfChat(ctx, { channel, chatKey }, ended)
  const numbers = numbersOf(await listHotlines(ctx.db, ctx.settings.homeUnitCode))
  return [say(ctx.t(`sos:ended.${ended}`, numbers), [{ id: 'menu', label: ctx.t('sos:menu') }])]
}

export const sosFlows: readonly FlowEntry<Ctx>[] = [
  {
    flow: sosFlow as Flow,
    intents: ['sos'],
    standing: 'standing',
    look: lookAtCall,
    keep: keepCall,
    finish: endCall,
  },
]
