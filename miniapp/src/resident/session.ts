import { hc } from 'hono/client'
import { useEffect, useState } from 'preact/hooks'
import type { ResidentClient } from '../../../api/rooms/identity/index.ts'
import type { Me, MeChange, ResidentSession } from '../../../api/rooms/identity/schema.ts'
import { forgetKept } from '../offline/use-kept.ts'
import { platform } from '../platform/index.ts'
import { apiBase, apiFetch, authorizeWith, bodyOf } from '../shared/api.ts'
import { readJson, removeKey, writeJson } from '../shared/storage.ts'

const KEY = 'loa.session'
/** What a start at a provider needs when the page comes back; gone with the tab. */
const TICKET_KEY = 'loa.oidc'

type Kept = Pick<ResidentSession, 'token' | 'expiresAt'>

const isKept = (value: unknown): value is Kept => {
  const kept = value as Partial<Kept> | null
  return typeof kept?.token === 'string' && typeof kept.expiresAt === 'string'
}

let current: Kept | undefined
const listeners = new Set<() => void>()

function change(next: Kept | undefined): void {
  current = next
  if (next === undefined) removeKey(KEY)
  else writeJson(KEY, next)
  for (const listener of listeners) listener()
  // The next person at this device reads nothing of the one before.
  forgetKept()
}

const token = (): string | undefined =>
  current !== undefined && Date.parse(current.expiresAt) > Date.now() ? current.token : undefined

/** Whether calls carry somebody's session now. */
export const isSignedIn = (): boolean => token() !== undefined

/** Reads the kept session and lets every call of these pages carry it; one that the server ended is forgotten. */
export function startSession(): void {
  current = readJson(KEY, isKept)
  authorizeWith(token, () => change(undefined))
}

/** Whether somebody is signed in, redrawn at each change. */
export function useSignedIn(): boolean {
  const [, redraw] = useState(0)
  useEffect(() => {
    const listener = () => redraw((n) => n + 1)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [])
  return token() !== undefined
}

const options = { fetch: apiFetch }
const session = () => hc<ResidentClient>(apiBase(), options).session
const me = () => hc<ResidentClient>(apiBase(), options).me

const keep = async (opened: Promise<ResidentSession>): Promise<void> => {
  const { token, expiresAt } = await opened
  change({ token, expiresAt })
}

/** Signs in with what the host app says about the person; false when it says nothing. Rejects with `ApiProblem`. */
export async function signInByHost(): Promise<boolean> {
  const proof = await platform().whoAmI()
  if (proof === undefined) return false
  if (proof.host === 'telegram') {
    await keep(bodyOf(session().telegram.$post({ json: { initData: proof.initData } })))
  } else {
    await keep(bodyOf(session().zalo.$post({ json: { accessToken: proof.accessToken } })))
  }
  return true
}

export const signInByCode = (code: string): Promise<void> =>
  keep(bodyOf(session().code.$post({ json: { code } })))

type Ticket = { ticket: string; route: string }
const isTicket = (value: unknown): value is Ticket => {
  const given = value as Partial<Ticket> | null
  return typeof given?.ticket === 'string' && typeof given.route === 'string'
}

/**
 * Signs in at the OpenID provider: through the host app where that can do it, else the page goes there and comes back
 * (`finishReturn`). False when the person thought better of it.
 */
export async function signInByProvider(): Promise<boolean> {
  const { url, ticket } = await bodyOf(session().oidc.start.$post())
  const { authorize } = platform()
  const answer = await authorize?.(url)
  if (answer !== undefined) {
    await keep(bodyOf(session().oidc.$post({ json: { ticket, ...answer } })))
    return true
  }
  if (platform().name !== 'browser') return false
  sessionStorage.setItem(TICKET_KEY, JSON.stringify({ ticket, route: location.hash }))
  location.assign(url)
  return new Promise(() => undefined)
}

/**
 * The way back from the provider: takes its answer out of the address at once and trades it. Resolves with the problem
 * when there was one.
 */
export async function finishReturn(): Promise<unknown> {
  const query = new URLSearchParams(location.search)
  const state = query.get('state')
  const kept = readTicket()
  if (state === null || kept === undefined) return undefined
  history.replaceState(null, '', `${location.pathname}${kept.route || '#/me'}`)
  const code = query.get('code')
  // Refused at the provider: nothing went wrong, the person goes on without.
  if (code === null) return undefined
  const iss = query.get('iss')
  const json = { ticket: kept.ticket, code, state, ...(iss === null ? {} : { iss }) }
  return keep(bodyOf(session().oidc.$post({ json }))).catch((problem: unknown) => problem)
}

function readTicket(): Ticket | undefined {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(TICKET_KEY) ?? 'null')
    sessionStorage.removeItem(TICKET_KEY)
    return isTicket(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Ends the session on the server too; without a network it ends here and runs out there. */
export async function signOut(): Promise<void> {
  await apiFetch(`${apiBase()}/session`, { method: 'DELETE' }).catch(() => undefined)
  change(undefined)
}

export const getMe = (): Promise<Me> => bodyOf(me().$get())
export const correctMe = (json: MeChange): Promise<Me> => bodyOf(me().$patch({ json }))
export const withdraw = (purpose: Me['consents'][number]['purpose']) =>
  me().consents[':purpose'].$delete({ param: { purpose } })

export async function eraseMe(): Promise<void> {
  await me().$delete()
  change(undefined)
}
