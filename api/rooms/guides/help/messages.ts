import { asKey, type Translate } from '../../../../locales/index.ts'
import { type Choice, type Message, text } from '../../../chat/message.ts'
import type { HelpState } from './policy/moves.ts'
import type { HelpView } from './schema.ts'

export const askChoice = (t: Translate, lessonId?: string): Choice => ({
  id: lessonId === undefined ? 'help_home' : `help_home.${lessonId}`,
  label: t('guides:help.choice.ask'),
})
const cancelChoice = (t: Translate, id: string): Choice => ({
  id: `help_cancel.${id}`,
  label: t('guides:help.choice.cancel'),
})

/** How a request stands: what happens now, who comes and by what sign they are known. */
export function stepMessage(t: Translate, view: HelpView, reason: string | null): Message {
  const { id, state, lesson, hamlet, preferredText, member, code, mayCancel } = view
  const why = reason === null ? '' : ` ${t(asKey(`guides:help.reason.${reason}`))}`
  const lead = t(asKey(`guides:help.told.${state}`), { member: member ?? t('guides:help.team') })
  const row = (label: string, value: string | null) =>
    value === null ? [] : [{ label: t(asKey(`guides:help.row.${label}`)), value }]
  if (!mayCancel) return { parts: [text(`${lead}${why}`)], choices: [askChoice(t)] }
  return {
    parts: [
      text(lead),
      {
        kind: 'fields',
        title: t('guides:help.title'),
        rows: [
          ...row('lesson', lesson ?? t('guides:help.other')),
          ...row('hamlet', hamlet),
          ...row('preferred', preferredText),
          ...row('code', code),
        ],
      },
      text(t('guides:help.safety', { code: code ?? '' })),
    ],
    choices: [cancelChoice(t, id)],
  }
}

type Facts = { lesson: string | null; hamlet: string; preferred: string; url: string }

/** To members of the team: nobody's name, number or house. */
export function teamMessage(t: Translate, state: HelpState, facts: Facts): Message {
  const { lesson, hamlet, preferred, url } = facts
  const words = {
    lesson: lesson ?? t('guides:help.other'),
    hamlet,
    preferred: t(asKey(`guides:help.preferred.${preferred}`)),
  }
  const lead = state === 'cancelled' ? 'guides:help.team.cancelled' : 'guides:help.team.new'
  return {
    parts: [text(t(lead, words)), { kind: 'link', label: t('guides:help.team.page'), url }],
  }
}
