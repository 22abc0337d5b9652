import type { Ctx } from '../../context.ts'
import { consumeEvents } from '../../db/events.ts'
import { endHelpOf, joinHelp } from './help/service/keep.ts'

/** What identity decided about a person takes effect here. */
export const followPeople = (ctx: Ctx): Promise<number> =>
  consumeEvents(ctx, 'guides', async (tx, { kind, subjectId, data }) => {
    if (kind === 'identity.residents_joined') return joinHelp(tx, String(data.from), subjectId)
    const ends =
      kind === 'identity.resident_erased' ||
      (kind === 'identity.consent_withdrawn' && data.purpose === 'help')
    if (ends) await endHelpOf(tx, subjectId, kind)
  })
