import type { FlowMeta } from '../../chat/entry.ts'
import type { Looker } from './service/look-up.ts'

/** A chat is one looker, whoever writes in it. */
export const lookerOf = ({ channel, chatKey }: FlowMeta): Looker => ({
  remote: `${channel}:${chatKey}`,
  person: `${channel}:${chatKey}`,
})
