import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { addDays, localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { listHotlines } from '../../areas/index.ts'
import { requireCan } from '../../identity/index.ts'
import { answerOf } from './answer.ts'
import { type Checked, decideScam } from './policy/decide.ts'
import { isOfficialDomain, isPlain } from './policy/domain.ts'
import { readMessage } from './policy/subjects.ts'
import { type ScamAnswer, ScamListing, ScamText } from './schema.ts'
import { countReport, deleteOld, findKept, saveListing } from './store.ts'

const MOST_REPORTED = 2_000
const KEPT_DAYS = 180

const LIMITS = {
  check: { hits: 60, seconds: 60 },
  report: { hits: 30, seconds: 3_600 },
} as const

async function takeLimit(ctx: Ctx, what: keyof typeof LIMITS, remote: string): Promise<void> {
  const { hits, seconds } = LIMITS[what]
  const taken = await ctx.ports.limits.take(`scam.${what}:${remote}`, hits, seconds)
  if (!taken.ok)
    throw new AppError('http.rate_limited', { retryAfterSeconds: taken.retryAfterSeconds })
}

async function decide(ctx: Ctx, text: string): Promise<Checked> {
  const message = readMessage(text)
  const lines = await listHotlines(ctx.db, ctx.settings.homeUnitCode)
  const own = lines
    .filter(({ confirmed }) => confirmed)
    .map(({ phone }) => ({
      kind: 'phone' as const,
      subject: phone.replace(/\D/g, ''),
      state: 'official' as const,
    }))
  return decideScam(message, [...own, ...(await findKept(ctx.db, message.subjects))])
}

/**
 * Says what is known of a message; nothing is kept, nothing is fetched. `remote`: whose limit it counts against.
 * Throws `http.invalid_input`, `http.rate_limited`.
 */
export async function checkScam(ctx: Ctx, input: ScamText, remote: string): Promise<ScamAnswer> {
  const { text } = parseInput(ScamText, input)
  await takeLimit(ctx, 'check', remote)
  return answerOf(ctx, await decide(ctx, text))
}

/**
 * Counts the addresses, numbers and accounts of a message for officials, or the fraud that it sounds like; neither its
 * words nor who sent it are kept. Throws `guides.nothing_to_report`, `http.rate_limited`.
 */
export async function reportScam(ctx: Ctx, input: ScamText, remote: string): Promise<void> {
  const { text } = parseInput(ScamText, input)
  await takeLimit(ctx, 'report', remote)
  await inTransaction(ctx, async (tx) => {
    const { items, patterns } = await decide(tx, text)
    const found = items.filter(({ verdict }) => verdict !== 'official')
    const keys =
      found.length > 0
        ? found.map(({ kind, subject }) => ({ kind, subject }))
        : patterns.map((code) => ({ kind: 'pattern' as const, subject: code }))
    if (keys.length === 0) throw new AppError('guides.nothing_to_report')
    const when = { at: tx.now(), today: localDate(tx.now()), most: MOST_REPORTED }
    for (const key of keys) {
      const id = await countReport(tx.db, { id: tx.newId(), ...key, ...when })
      if (id === undefined) continue
      const { kind } = key
      await audit(tx, {
        action: 'guides.report_scam',
        subjectKind: 'scam',
        subjectId: id,
        data: { kind },
      })
      await appendEvent(tx, { kind: 'guides.scam_reported', subjectId: id, data: { kind } })
    }
  })
}

/**
 * Puts an address, number or account on the list of frauds or of official ones. An address that is not plain is never
 * official, and one of the state never a fraud. Throws `guides.not_listable`.
 */
export async function listScam(ctx: Ctx, input: ScamListing): Promise<{ id: string }> {
  requireCan(ctx, 'guides.manage_scams')
  const { subject: written, state } = parseInput(ScamListing, input)
  const { subjects } = readMessage(written)
  const [one] = subjects
  const isWrong =
    one?.kind === 'domain' && (state === 'official' ? !isPlain(one) : isOfficialDomain(one))
  if (one === undefined || subjects.length > 1 || isWrong) throw new AppError('guides.not_listable')
  const { kind, subject } = one
  return inTransaction(ctx, async (tx) => {
    const at = tx.now()
    const today = localDate(at)
    const { id } = await saveListing(tx.db, { id: tx.newId(), kind, subject, state, at, today })
    await audit(tx, {
      action: 'guides.list_scam',
      subjectKind: 'scam',
      subjectId: id,
      data: { kind, state },
    })
    return { id }
  })
}

/** Deletes reports that nobody decided on for half a year. */
export const purgeScams = (ctx: Ctx): Promise<number> =>
  deleteOld(ctx.db, addDays(localDate(ctx.now()), -KEPT_DAYS))
