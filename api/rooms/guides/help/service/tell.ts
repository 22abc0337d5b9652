import type { Ctx } from '../../../../context.ts'
import { notifyChat } from '../../../conversations/index.ts'
import { deliver } from '../../../delivery/index.ts'
import { chatsOfOfficials, listReachable, pickEntitled } from '../../../identity/index.ts'
import { stepMessage, teamMessage } from '../messages.ts'
import type { HelpRow } from '../store.ts'
import { hamletName, lessonTitle, viewHelp } from './view.ts'

const inLanguage = (tx: Ctx, language: 'vi' | 'en'): Ctx => ({
  ...tx,
  language,
  t: tx.translate(language),
})

/** Tells whoever asked how it stands, in the chat where they asked, or in that of their choice. */
export async function tellPerson(tx: Ctx, row: HelpRow): Promise<void> {
  const { id, residentId, channel, version } = row
  if (residentId === null) return
  const views = {
    vi: await viewHelp(inLanguage(tx, 'vi'), row),
    en: await viewHelp(inLanguage(tx, 'en'), row),
  }
  await deliver(tx, {
    residentId,
    kind: 'help_step',
    lane: 'reply',
    message: (language) => stepMessage(tx.translate(language), views[language], row.reason),
    dedupeKey: `help:${id}:${version}`,
    ...(channel === null ? {} : { channel }),
  })
}

/** Whose business it is: the member who has it, else the team of the unit, else the officials who see to its board. */
async function chatsFor(tx: Ctx, { takenBy, unitCode }: HelpRow) {
  if (takenBy !== null) return chatsOfOfficials(tx, [takenBy])
  const entitled = pickEntitled(await listReachable(tx), 'guides.team', { unitCode })
  const team = entitled.filter(({ actor }) => actor.capabilities.includes('community_team'))
  return team.length > 0 ? team : entitled
}

/** Tells the team what came or was called off; where to go and whom to call stand on its page alone. */
export async function tellTeam(tx: Ctx, row: HelpRow): Promise<void> {
  // Called off before anybody had it: nobody was to go.
  if (row.state === 'cancelled' && row.takenBy === null) return
  for (const { channel, chatKey, language } of await chatsFor(tx, row)) {
    const at = inLanguage(tx, language)
    const facts = {
      lesson: await lessonTitle(at, row.lessonId),
      hamlet: await hamletName(at, row.hamletId),
      preferred: row.preferred,
      url: `${tx.settings.publicUrl}/console#/team`,
    }
    await notifyChat(tx, {
      ...{ channel, chatKey, language },
      lane: 'notice',
      message: teamMessage(at.t, row.state, facts),
      dedupeKey: `help:${row.id}:${row.version}:${channel}:${chatKey}`,
    })
  }
}
