import type { Message } from '../../../api/chat/message.ts'
import { idFactory, newSecret } from '../../../api/core/ids.ts'
import { ApiProblem, isTransient, postJson, request } from '../shared/api.ts'
import { currentLanguage, t } from '../shared/i18n.ts'
import { readJson, writeJson } from '../shared/storage.ts'
import type { Doors, Failure, Saved } from './client.ts'
import { isChatLog, type Pushed } from './log.ts'

const KEY = 'loa.chat'
const CONVERSATION = /^[\w-]{22,}$/

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const newId = idFactory(() => new Date(), random)

const isSaved = (value: unknown): value is Saved =>
  typeof value === 'object' &&
  value !== null &&
  'conversation' in value &&
  typeof value.conversation === 'string' &&
  CONVERSATION.test(value.conversation) &&
  'log' in value &&
  isChatLog(value.log)

function failure(error: unknown): Failure {
  if (!(error instanceof ApiProblem))
    return { kind: 'later', trouble: { text: t('webchat:state.waiting') } }
  const kind = isTransient(error) ? 'later' : 'never'
  const fallback = t(kind === 'later' ? 'webchat:state.waiting' : 'webchat:state.refused')
  const text = error.status === 0 ? fallback : (error.detail ?? fallback)
  return {
    kind,
    trouble: { text, ...(error.requestId === undefined ? {} : { supportCode: error.requestId }) },
  }
}

const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new Error('stopped'))
    })
  })

const conversationHeader = (conversation: string) => ({ 'X-Loa-Conversation': conversation })

/** The doors of a real page: our API, this device's memory, this browser's chance. */
export const browserDoors: Doors = {
  send: async (turn) => (await postJson<{ messages: readonly Message[] }>('/chat', turn)).messages,
  async upload(conversation, file) {
    const body = new FormData()
    body.set('file', file)
    const headers = conversationHeader(conversation)
    return (await request<{ mediaId: string }>('/media', { method: 'POST', headers, body })).mediaId
  },
  rows(conversation, after, waitSeconds, signal) {
    const query = new URLSearchParams({ waitSeconds: String(waitSeconds) })
    if (after !== undefined) query.set('after', after)
    const headers = conversationHeader(conversation)
    return request<{ messages: readonly Pushed[]; cursor?: string }>(`/chat/messages?${query}`, {
      headers,
      signal,
    })
  },
  failure,
  language: currentLanguage,
  newId,
  newConversation: () => newSecret(random),
  load: () => readJson(KEY, isSaved),
  save: (saved) => void writeJson(KEY, saved),
  lostPicture: () => t('webchat:photo.lost'),
  wait,
}
