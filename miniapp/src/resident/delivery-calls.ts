import { hc } from 'hono/client'
import type { DeliveryClient } from '../../../api/rooms/delivery/index.ts'
import type { TopicKind } from '../../../api/rooms/delivery/schema.ts'
import type { ConsentPurpose, IdentityClient } from '../../../api/rooms/identity/index.ts'
import { apiBase, apiFetch, bodyOf, request } from '../shared/api.ts'

/** Messages, topics and chats of whoever is signed in; all reject with `ApiProblem`. */

const options = { fetch: apiFetch }
const room = () => hc<DeliveryClient>(apiBase(), options)
const consents = () => hc<IdentityClient>(apiBase(), options).consents

export const listInbox = (cursor?: string) =>
  bodyOf(room().inbox.$get({ query: cursor === undefined ? {} : { cursor } }))
export type InboxItem = Awaited<ReturnType<typeof listInbox>>['items'][number]

export const countUnread = async (): Promise<number> =>
  (await bodyOf(room().inbox.unread.$get())).unread

export const markRead = (id: string) => room().inbox[':id'].read.$post({ param: { id } })
export const markAllRead = () => room().inbox.read.$post()

export const listTopics = () => bodyOf(room().subscriptions.$get())
export type Topics = Awaited<ReturnType<typeof listTopics>>
export type Topic = Topics['subscriptions'][number]

type NewTopic = { kind: TopicKind; unitCode?: string; hamletId?: string; consentVersion?: number }
export const addTopic = (json: NewTopic): Promise<Topics> =>
  bodyOf(room().subscriptions.$post({ json }))
export const endTopic = (id: string) => room().subscriptions[':id'].$delete({ param: { id } })
export const stopAll = () => bodyOf(room().subscriptions.stop.$post())

export type Preferences = Topics['preferences']
export const savePreferences = (json: Partial<Preferences>): Promise<Preferences> =>
  bodyOf(room().subscriptions.preferences.$put({ json }))

export const listLinks = async () => (await bodyOf(room().links.$get())).links
export const makeLinkCode = () => bodyOf(room().links.code.$post())
export const removeLink = (id: string) => room().links[':id'].$delete({ param: { id } })

export type { ConsentPurpose }
/** The text that is asked for a purpose now. */
export const getConsent = (purpose: ConsentPurpose) =>
  bodyOf(consents().texts.$get({ query: { purpose } }))

export const getNotifyConsent = () => getConsent('notify')

/** The whole copy of what is kept about the person, as the text of a file. */
export const exportMe = async (): Promise<string> =>
  JSON.stringify(await request<unknown>('/me/export'), null, 2)
