import type { SendOutcome } from '../../api/chat/sender.ts'
import { createCaller } from './call.ts'
import type { ZaloClient } from './client.ts'
import { createOutcomes } from './outcome.ts'
import type { Tokens } from './tokens.ts'

/** A ZBS template to a follower: approved text with named gaps, outside every window, paid. */
export type ZaloTemplate = {
  chatKey: string
  templateId: string
  data: Readonly<Record<string, string>>
}

type Options = {
  client: Pick<ZaloClient, 'post'>
  tokens: Tokens
  now: () => Date
  /** Told when an operator has to act, also for a template that cannot go by user id (−249). */
  onProblem?: (code: string) => void
}

/** Sends one template by user id; outcomes as those of a message. https://developers.zalo.me/docs/zbs-template-message */
export function createTemplateSender(options: Options) {
  const { client, tokens, now } = options
  const outcomeOf = createOutcomes(options)
  return async ({ chatKey, templateId, data }: ZaloTemplate): Promise<SendOutcome> => {
    const body = { user_id: chatKey, template_id: templateId, template_data: data }
    const call = createCaller(tokens, now)
    return outcomeOf(
      await call((token, ms) => client.post('v3.0/oa/message/template', token, body, ms)),
    )
  }
}
