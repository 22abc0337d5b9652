import type { Message } from '../../../api/chat/message.ts'
import type { Language } from '../../../locales/index.ts'
import {
  addAnswer,
  addOwn,
  addPushed,
  type ChatLog,
  EMPTY_LOG,
  nextUnsent,
  type Own,
  type OwnBody,
  type Pushed,
  patchOwn,
  type Trouble,
} from './log.ts'

export type Turn = {
  conversation: string
  id: string
  language: Language
  start?: string
  text?: string
  choice?: string
  media?: readonly string[]
  location?: { lat: number; lng: number }
}

/** How a call failed: `later` may succeed when sent again with the same id, `never` will not. */
export type Failure = { kind: 'later' | 'never'; trouble: Trouble }

export type Picture = { file: File; thumb: string }

/** Doors to the outside; a call throws only what `failure` can read. */
export type Doors = {
  send: (turn: Turn) => Promise<readonly Message[]>
  upload: (conversation: string, file: File) => Promise<string>
  /** Waits up to `waitSeconds` for rows after the cursor. */
  rows: (
    conversation: string,
    after: string | undefined,
    waitSeconds: number,
    signal: AbortSignal,
  ) => Promise<{ messages: readonly Pushed[]; cursor?: string }>
  failure: (error: unknown) => Failure
  language: () => Language
  newId: () => string
  newConversation: () => string
  load: () => Saved | undefined
  save: (saved: Saved) => void
  /** What to say about a picture whose file did not survive a reload. */
  lostPicture: () => string
  wait: (ms: number, signal: AbortSignal) => Promise<void>
}

export type Saved = { conversation: string; log: ChatLog }

export type ChatState = { log: ChatLog; isAnswering: boolean; isFailing: boolean }

export type ChatClient = {
  state: () => ChatState
  subscribe: (listener: () => void) => () => void
  say: (body: OwnBody, options?: { isHidden?: true }) => void
  sendPictures: (pictures: readonly Picture[]) => void
  /** Tries what is waiting again, now. */
  retry: () => void
  /** Forgets the conversation on this device and begins another. */
  restart: () => void
  /** Catches up with the server and keeps listening until stopped. */
  listen: () => () => void
}

/** A server holds a long poll at most this long; the page's own time-out is above it. */
const POLL_SECONDS = 15
const RETRY_MS = [2_000, 5_000, 15_000, 30_000]
const retryMs = (failures: number) => RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? 30_000

class LostPicture extends Error {}

/**
 * The conversation of this page: sends one message at a time in the order of writing, resends with the same id until
 * the server has answered or refused, and listens for what comes later.
 */
export function createChatClient(doors: Doors): ChatClient {
  const listeners = new Set<() => void>()
  const files = new Map<string, readonly File[]>()
  const saved = doors.load()
  let conversation = saved?.conversation ?? doors.newConversation()
  let state: ChatState = { log: saved?.log ?? EMPTY_LOG, isAnswering: false, isFailing: false }
  let failures = 0
  let isPumping = false
  let retryTimer = new AbortController()

  const set = (patch: Partial<ChatState>) => {
    state = { ...state, ...patch }
    if (patch.log !== undefined) doors.save({ conversation, log: patch.log })
    for (const listener of listeners) listener()
  }

  function add(id: string, body: OwnBody, options: { isHidden?: true } = {}) {
    const language = doors.language()
    set({
      log: addOwn(state.log, { kind: 'own', id, body, language, state: 'queued', ...options }),
    })
  }

  async function turnOf(own: Own): Promise<Turn> {
    const turn = { conversation, id: own.id, language: own.language }
    const { body } = own
    if (body.kind === 'start') return { ...turn, start: '' }
    if (body.kind === 'text') return { ...turn, text: body.text }
    if (body.kind === 'choice') return { ...turn, choice: body.id }
    if (body.kind === 'location') return { ...turn, location: { lat: body.lat, lng: body.lng } }
    return { ...turn, media: await uploaded(own, body.mediaIds, body.thumbs) }
  }

  /** Each picture goes up once; its id is kept before the next, so that a resend has the same body. */
  async function uploaded(own: Own, known: readonly string[], thumbs: readonly string[]) {
    const waiting = files.get(own.id) ?? []
    const mediaIds = [...known]
    while (mediaIds.length < thumbs.length) {
      const file = waiting[mediaIds.length]
      if (file === undefined) throw new LostPicture()
      mediaIds.push(await doors.upload(conversation, file))
      const body = { kind: 'photos', mediaIds: [...mediaIds], thumbs } as const
      set({ log: patchOwn(state.log, own.id, { body }) })
    }
    return mediaIds
  }

  async function sendOne(own: Own): Promise<boolean> {
    const before = conversation
    set({ log: patchOwn(state.log, own.id, { state: 'sending' }), isAnswering: true })
    try {
      const messages = await doors.send(await turnOf(own))
      if (before !== conversation) return true
      files.delete(own.id)
      failures = 0
      const sent = patchOwn(state.log, own.id, { state: 'sent', trouble: undefined })
      set({ log: addAnswer(sent, own.id, messages), isFailing: false })
      return true
    } catch (error) {
      if (before !== conversation) return true
      const { kind, trouble } =
        error instanceof LostPicture
          ? { kind: 'never', trouble: { text: doors.lostPicture() } }
          : doors.failure(error)
      const next = kind === 'never' ? 'refused' : 'queued'
      set({
        log: patchOwn(state.log, own.id, { state: next, trouble }),
        isFailing: kind === 'later',
      })
      return kind === 'never'
    }
  }

  async function pump() {
    if (isPumping) return
    isPumping = true
    for (let own = nextUnsent(state.log); own !== undefined; own = nextUnsent(state.log)) {
      if (await sendOne(own)) continue
      failures += 1
      retryTimer = new AbortController()
      doors.wait(retryMs(failures), retryTimer.signal).then(pump, () => {})
      break
    }
    isPumping = false
    set({ isAnswering: false })
  }

  async function listenUntil(signal: AbortSignal) {
    let misses = 0
    // The first answer comes at once, whatever there is; later ones wait for news.
    let waitSeconds = 0
    while (!signal.aborted) {
      const before = conversation
      try {
        const page = await doors.rows(before, state.log.cursor, waitSeconds, signal)
        misses = 0
        waitSeconds = POLL_SECONDS
        if (signal.aborted || before !== conversation) continue
        if (page.messages.length > 0 || page.cursor !== state.log.cursor)
          set({ log: addPushed(state.log, page.messages, page.cursor ?? state.log.cursor) })
      } catch {
        misses += 1
        await doors.wait(retryMs(misses), signal).catch(() => {})
      }
    }
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    say(body, options = {}) {
      add(doors.newId(), body, options)
      void pump()
    },
    sendPictures(pictures) {
      const id = doors.newId()
      files.set(
        id,
        pictures.map(({ file }) => file),
      )
      const body = { kind: 'photos', mediaIds: [], thumbs: pictures.map((p) => p.thumb) } as const
      add(id, body)
      void pump()
    },
    retry() {
      retryTimer.abort()
      failures = 0
      void pump()
    },
    restart() {
      retryTimer.abort()
      failures = 0
      files.clear()
      conversation = doors.newConversation()
      set({ log: EMPTY_LOG, isAnswering: false, isFailing: false })
    },
    listen() {
      const ender = new AbortController()
      if (nextUnsent(state.log) !== undefined) void pump()
      void listenUntil(ender.signal)
      return () => ender.abort()
    },
  }
}
