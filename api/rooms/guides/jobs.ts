import type { Ctx } from '../../context.ts'
import { consumeEvents } from '../../db/events.ts'
import { endHelpOf, joinHelp } from './help/service/keep.ts'
import { forgetLearning, joinLearning } from './learn/service.ts'

/** What identity decided about a person takes effect here. */
export const followPeople = (ctx: Ctx): Promise<number> =>
  consumeEvents(ctx, 'guides', async (tx, { kind, subjectId, data }) => {
    if (kind === 'identity.residents_joined') {
      await joinHelp(tx, String(data.from), subjectId)
      return joinLearning(tx, String(data.from), subjectId)
    }
    const isErased = kind === 'identity.resident_erased'
    const ends = (purpose: string) =>
      isErased || (kind === 'identity.consent_withdrawn' && data.purpose === purpose)
    if (ends('help')) await endHelpOf(tx, subjectId, kind)
    if (ends('learn')) await forgetLearning(tx, { residentId: subjectId, because: kind })
  })
