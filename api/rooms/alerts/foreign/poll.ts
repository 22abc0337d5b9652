import type { Ctx } from '../../../context.ts'
import type { CapAlert } from '../../../core/cap/alert.ts'
import { standingsOf } from '../../../core/cap/chain.ts'
import { readCapFeed } from '../../../core/cap/feed.ts'
import { readCap } from '../../../core/cap/read.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { resolveArea } from '../service/area.ts'
import { senderOf } from '../service/cap.ts'
import { type ForeignReading, readForeign } from './reading.ts'
import {
  claimFeeds,
  deleteOld,
  endForeign,
  type FeedRow,
  findDocuments,
  findOfSender,
  insertForeign,
  lockSender,
  nameFeeds,
  saveDocument,
  saveFeed,
} from './store.ts'

const MINUTE_MS = 60_000
const EVERY_MS = 2 * MINUTE_MS
/** A feed that is down is asked ever more seldom, at least once in this time. */
const SELDOM_MS = 30 * MINUTE_MS
/** Documents of one feed in one run; the rest follow with the next. */
const AT_ONCE = 30
const MAX_TRIES = 5
const KEPT_DAYS = 90
const DAY_MS = 86_400_000
/** Messages of one sender that are looked at for what an update ends. */
const CHAIN = 1_000

/**
 * Asks every named feed that is due for warnings and keeps what is new. Again brings nothing twice; one that fails
 * holds up no other. How many warnings came.
 */
export async function pollCapFeeds(ctx: Ctx): Promise<number> {
  const urls = ctx.settings.capFeeds ?? []
  if (urls.length === 0) return 0
  const now = ctx.now()
  await nameFeeds(ctx.db, urls, now)
  const until = new Date(now.getTime() + EVERY_MS)
  let came = 0
  for (const feed of await claimFeeds(ctx.db, urls, { now, until })) {
    try {
      came += await pollOne(ctx, feed)
    } catch (error) {
      ctx.log.error('alerts.feed_failed', { host: new URL(feed.url).host, error })
    }
  }
  return came
}

async function pollOne(ctx: Ctx, feed: FeedRow): Promise<number> {
  const { fetchDocument } = ctx.ports
  if (fetchDocument === null) return failed(ctx, feed, 'fetching_off')
  const found = await fetchDocument(feed.url)
  if (found.kind !== 'file') return failed(ctx, feed, found.code)
  const read = readCapFeed(found.bytes, feed.url)
  if (read.kind === 'fault') return failed(ctx, feed, read.rule)
  let came = 0
  if (read.kind === 'alert') {
    const problem = await takeDocument(ctx, found.bytes, feed.url)
    if (problem !== 'known' && problem !== null) return failed(ctx, feed, problem)
    came = problem === null ? 1 : 0
  } else {
    const known = new Map((await findDocuments(ctx.db, feed.url)).map((one) => [one.url, one]))
    const due = read.entries.filter(({ url, stamp }) => {
      const before = known.get(url)
      if (before === undefined || before.stamp !== stamp) return true
      return before.problem === RETRY && before.tries < MAX_TRIES
    })
    for (const { url, stamp, document } of due.slice(0, AT_ONCE)) {
      const file =
        document === undefined
          ? await fetchDocument(url)
          : { kind: 'file' as const, bytes: document }
      const outcome = file.kind === 'file' ? await takeDocument(ctx, file.bytes, url) : file.code
      if (outcome === null) came += 1
      const tries = (known.get(url)?.tries ?? 0) + 1
      const problem = file.kind === 'retry' ? RETRY : outcome === 'known' ? null : outcome
      await saveDocument(ctx.db, { feedUrl: feed.url, url, stamp, problem, tries }, ctx.now())
    }
  }
  const now = ctx.now()
  await saveFeed(ctx.db, feed.url, { checkedAt: now, okAt: now, failures: 0, problem: null })
  return came
}

const RETRY = 'retry'

async function failed(ctx: Ctx, feed: FeedRow, problem: string): Promise<0> {
  const failures = feed.failures + 1
  const now = ctx.now()
  const wait = Math.min(SELDOM_MS, EVERY_MS * 2 ** Math.min(failures - 1, 10))
  const nextAt = new Date(now.getTime() + wait)
  await saveFeed(ctx.db, feed.url, { checkedAt: now, failures, problem, nextAt })
  ctx.log.warn('alerts.feed_problem', { host: new URL(feed.url).host, problem })
  return 0
}

/** Keeps one document: null when it is new, `known`, or the rule that it breaks. */
async function takeDocument(
  ctx: Ctx,
  bytes: Uint8Array,
  sourceUrl: string,
): Promise<string | null> {
  const read = readCap(bytes)
  if (!('alert' in read))
    return read.faults.find(({ level }) => level === 'error')?.rule ?? 'not_cap'
  const { alert } = read
  // What others relay of us is not news to us.
  if (alert.sender === senderOf(ctx)) return 'known'
  const reading = readForeign(alert)
  const ends = reading?.expiresAt ?? alert.sentAt
  // It would be taken out the next night.
  if (ends < new Date(ctx.now().getTime() - KEPT_DAYS * DAY_MS)) return 'known'
  const isNew = await inTransaction(ctx, (tx) => keep(tx, { alert, reading, sourceUrl }))
  return isNew ? null : 'known'
}

const NOTHING = { places: [], polygons: [], circles: [] }
const SILENT = { headline: '', body: '', instruction: '' }

type Read = { alert: CapAlert; reading: ForeignReading | undefined; sourceUrl: string }

async function keep(tx: Ctx, { alert, reading, sourceUrl }: Read): Promise<boolean> {
  await lockSender(tx.db, alert.sender)
  const now = tx.now()
  const places = reading === undefined ? [] : await resolveArea(tx, reading.area)
  const unitCodes = [...new Set(places.map(({ unitCode }) => unitCode))]
  const id = tx.newId()
  const isNew = await insertForeign(tx.db, {
    ...{ id, sourceUrl, receivedAt: now },
    ...{ sender: alert.sender, identifier: alert.identifier, sentAt: alert.sentAt },
    ...{ messageType: alert.messageType, refs: JSON.stringify(alert.references) },
    isPublic: reading?.isPublic ?? false,
    kind: reading?.kind ?? 'storm',
    level: reading?.level ?? 1,
    senderName: reading?.senderName ?? alert.sender,
    said: JSON.stringify(reading?.said ?? { vi: SILENT, en: null }),
    areaLabel: reading?.areaLabel ?? '',
    area: JSON.stringify(reading?.area ?? NOTHING),
    unitCodes: JSON.stringify(unitCodes),
    expiresAt: reading?.expiresAt ?? alert.sentAt,
  })
  if (!isNew) return false
  await endReplaced(tx, alert.sender)
  await audit(tx, { action: 'alerts.received', subjectKind: 'foreign_alert', subjectId: id })
  await appendEvent(tx, { kind: 'alerts.received', subjectId: id })
  return true
}

/** What its sender has replaced or called off meanwhile, in whatever order the messages came. */
async function endReplaced(tx: Ctx, sender: string): Promise<void> {
  const rows = await findOfSender(tx.db, sender, CHAIN)
  const alerts = rows.map(({ identifier, sentAt, messageType, refs }) => ({
    ...{ sender, identifier, messageType, sentAt: new Date(sentAt), references: refs },
    ...{ status: 'Actual', scope: 'Public', codes: [], infos: [] },
  }))
  const standings = standingsOf(alerts, tx.now())
  for (const [i, { id, endedBy }] of rows.entries()) {
    const standing = standings[i]
    const end = standing === 'cancelled' ? 'Cancel' : standing === 'replaced' ? 'Update' : null
    if (end !== null && end !== endedBy) await endForeign(tx.db, id, end)
  }
}

/** Takes out what ended long ago. How many warnings. */
export const purgeForeign = (ctx: Ctx): Promise<number> =>
  deleteOld(ctx.db, new Date(ctx.now().getTime() - KEPT_DAYS * DAY_MS))
