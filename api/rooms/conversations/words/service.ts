import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid } from '../../../core/ids.ts'
import { clean } from '../../../core/text.ts'
import { localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { keptUntilDay } from '../../../db/retention.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { requireCan } from '../../identity/index.ts'
import { MisreadLabel } from './schema.ts'
import {
  countOpen,
  deleteMisread,
  insertMisread,
  listExplained,
  listOpen,
  type Misread,
  settle,
} from './store.ts'

/** Longer stories say more of a person than of a wish. */
const MAX_WORDS = 300
/** So many wait for an official at most; a flood of nonsense fills no disk. */
const MOST_OPEN = 2_000
const PAGE = 50
const MOST_EXPORTED = 20_000

/**
 * Keeps a message that was not understood, masked by the caller, with neither chat, channel, person nor time of day.
 * The same words are one row that counts. Nothing but signs is not kept.
 */
export async function keepMisread(ctx: Ctx, { words, ...read }: Misread): Promise<void> {
  const kept = clean(words).replace(/\s+/g, ' ')
  if (kept.length > MAX_WORDS || !/\p{L}/u.test(kept)) return
  const today = localDate(ctx.now())
  await insertMisread(ctx.db, { id: ctx.newId(), words: kept, ...read }, today, MOST_OPEN)
}

/** The open ones that most people wrote, or those explained last. */
export async function listMisread(ctx: Ctx, state: 'open' | 'explained') {
  requireCan(ctx, 'conversations.label')
  const list = state === 'open' ? listOpen : listExplained
  const [items, open] = [await list(ctx.db, PAGE), await countOpen(ctx.db)]
  return { items, open }
}

/** Says what a message meant; again replaces what was said. Throws `http.not_found`. */
export async function explainMisread(ctx: Ctx, id: string, input: MisreadLabel): Promise<void> {
  requireCan(ctx, 'conversations.label')
  const { intent, category = null } = MisreadLabel.parse(input)
  await settleMisread(ctx, id, { intent, category }, 'conversations.explain')
}

/** Puts a message aside: nothing to learn from it. Throws `http.not_found`. */
export async function dropMisread(ctx: Ctx, id: string): Promise<void> {
  requireCan(ctx, 'conversations.label')
  await settleMisread(ctx, id, { intent: null, category: null }, 'conversations.put_aside')
}

async function settleMisread(
  ctx: Ctx,
  id: string,
  label: { intent: string | null; category: string | null },
  action: string,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    if (!isUuid(id) || !(await settle(tx.db, id, label, tx.now())))
      throw new AppError('http.not_found')
    await audit(tx, { action, subjectKind: 'misread', subjectId: id, data: label })
  })
}

/** Explained messages in the form of the measured texts: `style | intent | category or - | message`, a line each. */
export async function exportMisread(ctx: Ctx): Promise<string> {
  requireCan(ctx, 'conversations.label')
  return inTransaction(ctx, async (tx) => {
    const rows = await listExplained(tx.db, MOST_EXPORTED)
    await audit(tx, {
      action: 'conversations.export_misread',
      subjectKind: 'misread',
      subjectId: 'explained',
      data: { count: rows.length },
    })
    const lines = rows.map(({ intent, category, words }) =>
      ['chat', intent, category ?? '-', words].join(' | '),
    )
    return ['# style | intent | category or - | message, masked', ...lines, ''].join('\n')
  })
}

/** Deletes what nobody explained in time, and what was explained long ago. */
export async function purgeMisread(ctx: Ctx): Promise<number> {
  return deleteMisread(ctx.db, {
    open: await keptUntilDay(ctx, 'misread'),
    explained: await keptUntilDay(ctx, 'explained'),
  })
}
