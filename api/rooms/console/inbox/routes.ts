import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import {
  decodeEventCursor,
  type EventCursor,
  encodeEventCursor,
  isBefore,
  START,
} from '../../../db/events.ts'
import type { EventFeed } from '../../../http/event-feed.ts'
import { createRoute, json, jsonBody, newRouter, problems, z } from '../../../http/kit.ts'
import { type OfficialActor, requireOfficial } from '../../identity/index.ts'
import { Inbox, InboxQuery } from '../schema.ts'
import { BulkMoves, BulkResult, moveMany } from './bulk.ts'
import type { CountKeeper } from './counts.ts'
import { isConcerned, type Touched } from './live.ts'
import { readInbox } from './service.ts'

const tags = ['console']
/** A proxy closes a silent line after a minute. */
const PULSE_MS = 15_000
/** A line ends after this and is opened anew, so that an ended session or a changed right counts soon. */
const LIFE_MS = 120_000
const RETRY_MS = 2_000

const list = createRoute({
  method: 'get',
  path: '/console/inbox',
  operationId: 'readInbox',
  summary: 'All that waits for the signed-in official, by urgency and time left',
  tags,
  request: { query: InboxQuery },
  responses: {
    200: json(Inbox, 'One page, the counts, and where a live line begins'),
    ...problems('http.invalid_input', 'http.unauthenticated', 'http.forbidden'),
  },
})

const stream = createRoute({
  method: 'get',
  path: '/console/inbox/stream',
  operationId: 'watchInbox',
  summary: 'A live line: an event `news` each time the inbox may have changed',
  description:
    'Server-sent events. `since` (or `Last-Event-ID`) is the `since` of the list that is shown; what happened after it is news at once. An event tells nothing but that the list should be read anew.',
  tags,
  request: { query: z.object({ since: z.string().max(40).optional() }) },
  responses: {
    200: { description: 'Events', content: { 'text/event-stream': { schema: z.string() } } },
    ...problems('http.unauthenticated', 'http.forbidden'),
  },
})

const bulk = createRoute({
  method: 'post',
  path: '/console/incidents/moves',
  operationId: 'moveCases',
  summary: 'Steps of several cases; each succeeds or fails by itself',
  tags,
  request: { body: jsonBody(BulkMoves) },
  responses: {
    200: json(z.object({ results: z.array(BulkResult) }), 'One result a case, in order'),
    ...problems('http.invalid_input', 'http.unauthenticated', 'http.forbidden'),
  },
})

export type Live = {
  /** The feed of a request's live line. */
  feed: () => EventFeed<Touched>
  /** Ends the lines when the server stops. */
  stopping?: AbortSignal
}

export const inboxRoutes = (live: Live, keep: CountKeeper) =>
  newRouter()
    .openapi(list, async (c) => c.json(await readInbox(c.var.ctx, c.req.valid('query'), keep), 200))
    .openapi(bulk, async (c) => {
      return c.json({ results: await moveMany(c.var.ctx, c.req.valid('json')) }, 200)
    })
    .openapi(stream, (c) => {
      const actor = requireOfficial(c.var.ctx)
      const since = c.req.header('last-event-id') ?? c.req.valid('query').since ?? ''
      c.header('X-Accel-Buffering', 'no')
      return streamSSE(c, (line) =>
        watch(line, actor, { ...live, since: decodeEventCursor(since) ?? START }),
      )
    })

/** Writes news to one line until it ends. */
async function watch(
  line: SSEStreamingApi,
  actor: OfficialActor,
  { feed, stopping, since }: Live & { since: EventCursor },
): Promise<void> {
  const source = feed()
  let hasNews = false
  let cursor = since
  let wake = () => {}
  const unlisten = source.listen((news) => {
    cursor = news.cursor
    if (!isConcerned(actor, news.what)) return
    hasNews = true
    wake()
  })
  let isOver = false
  const end = () => {
    isOver = true
    wake()
  }
  line.onAbort(end)
  stopping?.addEventListener('abort', end)
  const life = setTimeout(end, LIFE_MS)
  try {
    const head = await source.head()
    if (isBefore(since, head)) hasNews = true
    if (isBefore(cursor, head)) cursor = head
    await line.write(`retry: ${RETRY_MS}\n\n`)
    while (!isOver && stopping?.aborted !== true) {
      if (hasNews) {
        hasNews = false
        await line.writeSSE({ event: 'news', id: encodeEventCursor(cursor), data: 'inbox' })
      } else {
        await new Promise<void>((resolve) => {
          const pulse = setTimeout(resolve, PULSE_MS)
          wake = () => {
            clearTimeout(pulse)
            resolve()
          }
        })
        if (!hasNews && !isOver) await line.write(': \n\n')
      }
    }
  } finally {
    clearTimeout(life)
    stopping?.removeEventListener('abort', end)
    unlisten()
  }
}
