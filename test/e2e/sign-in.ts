import type { BrowserContext } from 'playwright-core'

export type Session = { token: string; expiresAt: string }

/** Somebody who has a chat with Loa, signed in by its link code. */
export async function signInByChat(url: string): Promise<Session> {
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: url },
      body: JSON.stringify(body),
    })
    return response.json()
  }
  const chat = { conversation: crypto.randomUUID(), id: crypto.randomUUID(), text: 'nối kênh' }
  const said = JSON.stringify(await post('/chat', chat))
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(said)?.[0]
  const { token, expiresAt } = await post('/session/code', { code })
  return { token, expiresAt }
}

/** Every page of this device is signed in from its first line on. */
export const keepSession = (context: BrowserContext, session: Session): Promise<unknown> =>
  context.addInitScript(
    (kept) => localStorage.setItem('loa.session', kept),
    JSON.stringify(session),
  )
