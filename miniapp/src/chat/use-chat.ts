import { useEffect, useState } from 'preact/hooks'
import { platform } from '../platform/index.ts'
import { type ChatClient, type ChatState, createChatClient } from './client.ts'
import { browserDoors } from './doors.ts'
import { nextUnsent } from './log.ts'

let shared: ChatClient | undefined

/** The one conversation of this page. */
export function chatClient(): ChatClient {
  shared ??= createChatClient(browserDoors)
  return shared
}

/** Opens a conversation without the person having to write. */
export const greet = () => chatClient().say({ kind: 'start' }, { isHidden: true })

/** State of the conversation; greets on the first visit and listens while the page is open. */
export function useChat(): ChatState & { isOnline: boolean } {
  const client = chatClient()
  const [state, setState] = useState(client.state)
  const [isOnline, setOnline] = useState(platform().isOnline)
  useEffect(() => client.subscribe(() => setState(client.state())), [client])
  useEffect(() => {
    if (client.state().log.entries.length === 0) greet()
    return client.listen()
  }, [client])
  useEffect(
    () =>
      platform().onOnline((online) => {
        setOnline(online)
        if (online && nextUnsent(client.state().log) !== undefined) client.retry()
      }),
    [client],
  )
  return { ...state, isOnline }
}
