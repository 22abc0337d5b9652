import { hc } from 'hono/client'
import type { ConversationClient } from '../../../../api/rooms/conversations/index.ts'
import type { OpenedForm, SendFormInput } from '../../../../api/rooms/conversations/schema.ts'
import { apiBase, apiFetch, bodyOf } from '../../shared/api.ts'

const form = () => hc<ConversationClient>(apiBase(), { fetch: apiFetch }).chat.form

/** The token stands in the body: an address would be logged on its way. */
export const openForm = (token: string): Promise<OpenedForm> =>
  bodyOf(form().open.$post({ json: { token } }))

/** Sent again it answers the same. */
export const sendForm = (json: SendFormInput) => bodyOf(form().$post({ json }))

export type Said = Extract<OpenedForm, { state: 'sent' }>['messages']
export type Open = Extract<OpenedForm, { state: 'open' }>
