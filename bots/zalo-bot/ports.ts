/** Counts what the bot's plan allows, over all processes. */
export type Plan = {
  /**
   * Counts one message to a chat in a local month (`2026-11`); names the limit that it would pass instead, and counts
   * nothing then. `users` are the different chats ever written to.
   */
  take(
    chatKey: string,
    month: string,
    limits: { users: number; messagesAMonth: number },
  ): Promise<'ok' | 'users' | 'messages'>
  /** Takes one message back that the platform did not accept. */
  giveBack(chatKey: string, month: string): Promise<void>
}
