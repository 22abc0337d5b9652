import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan } from '../../identity/index.ts'
import { SavePull } from '../import-schema.ts'
import {
  advanceCursor,
  type PullPage,
  pageEntries,
  pageUrl,
  readCursor,
  readPage,
} from '../policy/import/pull.ts'
import { deleteAsides } from '../store/asides.ts'
import {
  claimPulls,
  deletePull,
  deleteReports,
  lastCursor,
  notePull,
  type PullRow,
  savePull,
} from '../store/pulls.ts'
import { findSource } from '../store/sources.ts'
import { importDossiers } from './import.ts'

const MINUTE_MS = 60_000
const EVERY_MS = 10 * MINUTE_MS
/** A back office that is down is asked ever more seldom, at least once in this time. */
const SELDOM_MS = 2 * 60 * MINUTE_MS
/** Pages of one source in one run; the rest follow with the next. */
const PAGES_AT_ONCE = 20
const KEY_PURPOSE = 'dossier-pull'
/** A source that is asked each ten minutes leaves 144 reports a day. */
const REPORTS_KEPT_MS = 90 * 24 * 60 * MINUTE_MS

/**
 * Where a source is asked for what changed, by https alone, with its key (sent as a bearer token, kept sealed). A key
 * that is left out is none. Throws `dossiers.source_unknown`.
 */
export async function setPull(ctx: Ctx, input: SavePull & { source: string }): Promise<void> {
  requireCan(ctx, 'dossiers.manage')
  const { url, key } = parseInput(SavePull, input)
  const { source } = input
  const sealedKey = key === undefined ? null : ctx.ports.sealer.seal(KEY_PURPOSE, key)
  await inTransaction(ctx, async (tx) => {
    if ((await findSource(tx.db, source)) === undefined)
      throw new AppError('dossiers.source_unknown', { params: { source } })
    await savePull(tx.db, { source, url, sealedKey, nextAt: tx.now() })
    await audit(tx, {
      action: 'dossiers.pull_set',
      subjectKind: 'dossier_source',
      subjectId: source,
      fields: key === undefined ? ['url'] : ['url', 'key'],
    })
  })
}

/** The source is asked no more; what it brought stays. Throws `http.not_found` when it was not asked. */
export async function endPull(ctx: Ctx, source: string): Promise<void> {
  requireCan(ctx, 'dossiers.manage')
  await inTransaction(ctx, async (tx) => {
    if (!(await deletePull(tx.db, source))) throw new AppError('http.not_found')
    await audit(tx, {
      action: 'dossiers.pull_ended',
      subjectKind: 'dossier_source',
      subjectId: source,
    })
  })
}

/**
 * Asks each source that is due for what changed, page by page, and takes each page with the place where to go on; rows
 * that cannot be read are kept aside. A page again changes nothing; a source that fails holds up no other. How many
 * pages were taken.
 */
export async function pullDossiers(ctx: Ctx): Promise<number> {
  const now = ctx.now()
  const until = new Date(now.getTime() + EVERY_MS)
  let pages = 0
  for (const pull of await claimPulls(ctx.db, { now, until })) {
    try {
      pages += await pullOne(ctx, pull)
    } catch (error) {
      ctx.log.error('dossiers.pull_failed', { source: pull.source, error })
      await failed(ctx, pull, 'failed', 0)
    }
  }
  return pages
}

async function pullOne(ctx: Ctx, pull: PullRow): Promise<number> {
  const { source } = pull
  for (let pages = 0; pages < PAGES_AT_ONCE; pages++) {
    const cursor = readCursor(await lastCursor(ctx.db, source), ctx.now())
    const page = await askPage(ctx, pull, pageUrl(pull.url, cursor))
    if (typeof page === 'string') return failed(ctx, pull, page, pages)
    if (page.next !== null && page.next !== undefined && page.next === cursor.next)
      return failed(ctx, pull, 'page_repeated', pages)
    const report = await importDossiers(ctx, {
      source,
      kind: 'pull',
      cursor: JSON.stringify(advanceCursor(cursor, page.next)),
      ...(page.asOf === undefined ? {} : { asOf: new Date(page.asOf) }),
      entries: async function* (mapping) {
        yield pageEntries(page, mapping)
      },
    })
    if (report.outcome === 'refused') return failed(ctx, pull, 'import_refused', pages)
    const now = ctx.now()
    const isLast = page.next === null || page.next === undefined
    const nextAt = isLast ? new Date(now.getTime() + EVERY_MS) : now
    await notePull(ctx.db, pull, { checkedAt: now, okAt: now, failures: 0, problem: null, nextAt })
    if (isLast) return pages + 1
  }
  return PAGES_AT_ONCE
}

/** A page, or the code of what was wrong. */
async function askPage(ctx: Ctx, pull: PullRow, url: string): Promise<PullPage | string> {
  const { fetchDocument, sealer } = ctx.ports
  if (fetchDocument === null) return 'fetching_off'
  const bearer = pull.sealedKey === null ? undefined : sealer.unseal(KEY_PURPOSE, pull.sealedKey)
  const found = await fetchDocument(url, bearer === undefined ? {} : { bearer })
  if (found.kind !== 'file') return found.code
  return readPage(found.bytes) ?? 'not_a_page'
}

async function failed(ctx: Ctx, pull: PullRow, problem: string, pages: number): Promise<number> {
  const failures = (pages > 0 ? 0 : pull.failures) + 1
  const now = ctx.now()
  const wait = Math.min(SELDOM_MS, EVERY_MS * 2 ** Math.min(failures - 1, 10))
  const nextAt = new Date(now.getTime() + wait)
  await notePull(ctx.db, pull, { checkedAt: now, failures, problem, nextAt })
  ctx.log.warn('dossiers.pull_problem', { source: pull.source, problem })
  return pages
}

/** Daily: reports of what was taken, and rows aside that did not come again, go after 90 days. */
export async function purgeReports(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now().getTime() - REPORTS_KEPT_MS)
  return (await deleteReports(ctx.db, before)) + (await deleteAsides(ctx.db, before))
}
