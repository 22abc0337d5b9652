import { apiBase, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

export type Misread = {
  id: string
  words: string
  language: 'vi' | 'en'
  guess: string
  confidence: number
  times: number
  lastOn: string
  intent: string | null
  category: string | null
}

export type MisreadList = {
  items: readonly Misread[]
  open: number
  intents: readonly string[]
  categories: readonly string[]
}

export type MisreadState = 'open' | 'explained'

export const listMisread = (state: MisreadState): Promise<MisreadList> =>
  guarded(request(`/console/misread?${new URLSearchParams({ state })}`))

export const explainMisread = (id: string, intent: string, category?: string): Promise<void> =>
  guarded(
    request(`/console/misread/${encodeURIComponent(id)}/meaning`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ intent, ...(category === undefined ? {} : { category }) }),
    }),
  )

export const dropMisread = (id: string): Promise<void> =>
  guarded(request(`/console/misread/${encodeURIComponent(id)}`, { method: 'DELETE' }))

/** Where the browser downloads what was explained, masked. */
export const explainedUrl = (): string => `${apiBase()}/console/misread/explained.txt`
