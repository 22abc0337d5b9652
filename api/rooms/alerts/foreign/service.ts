import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan, requireOfficial } from '../../identity/index.ts'
import { kindLabel, readyInstruction } from '../messages.ts'
import type { AlertKind } from '../schema.ts'
import { draftAlert } from '../service/draft.ts'
import { findAlert } from '../store.ts'
import { AdoptInput, type ForeignAlert, type ForeignDesk } from './schema.ts'
import {
  countFaults,
  type ForeignRow,
  findFeeds,
  findForeign,
  lockForeign,
  noteDraft,
} from './store.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

const concernsUs = ({ unitCodes, area }: ForeignRow, unitCode?: string): boolean => {
  const isPlaced = area.places.length + area.polygons.length + area.circles.length > 0
  if (!isPlaced) return true
  return unitCode === undefined ? unitCodes.length > 0 : unitCodes.includes(unitCode)
}

function toForeign(ctx: Ctx, row: ForeignRow): ForeignAlert {
  const said = (ctx.language === 'en' ? row.said.en : null) ?? row.said.vi
  return {
    ...{ id: row.id, sender: row.sender, senderName: row.senderName },
    ...{ kind: row.kind as AlertKind, kindLabel: kindLabel(ctx.t, row.kind), level: row.level },
    ...said,
    ...{ place: row.areaLabel, sentAt: row.sentAt, expiresAt: row.expiresAt },
    sourceUrl: row.sourceUrl,
  }
}

/** Warnings of other senders that hold now, those of a unit or of the whole city; public. */
export async function listForeign(ctx: Ctx, { unitCode }: { unitCode?: string } = {}) {
  const rows = await findForeign(ctx.db, ctx.now())
  return rows
    .filter((row) => row.isPublic && concernsUs(row, unitCode))
    .map((row) => toForeign(ctx, row))
}

/** Everything that the feeds bring, exercises too, and how the feeds themselves stand. */
export async function readForeignDesk(ctx: Ctx): Promise<ForeignDesk> {
  requireCan(ctx, 'alerts.draft')
  const urls = ctx.settings.capFeeds ?? []
  const feeds = urls.length === 0 ? [] : await findFeeds(ctx.db, urls)
  const week = new Date(ctx.now().getTime() - 7 * DAY_MS)
  const faults = urls.length === 0 ? [] : await countFaults(ctx.db, urls, week)
  const rows = await findForeign(ctx.db, ctx.now())
  return {
    feeds: feeds.map(({ url, checkedAt, okAt, problem }) => ({
      ...{ url, checkedAt, okAt, problem },
      unreadable: faults.find(({ feedUrl }) => feedUrl === url)?.count ?? 0,
    })),
    alerts: rows.map((row) => ({
      ...toForeign(ctx, row),
      ...{ isPublic: row.isPublic, isOurs: concernsUs(row), draftId: row.draftId },
    })),
  }
}

/**
 * A draft of ours with the words and the area of another sender's warning, for two people to issue. Pressed twice it is
 * the same draft, unless that was dropped. Throws `alerts.not_found`, and `alerts.over` for what no longer holds.
 */
export async function adoptForeign(
  ctx: Ctx,
  input: { id: string; unitCode: string },
): Promise<{ id: string }> {
  requireCan(ctx, 'alerts.draft')
  requireOfficial(ctx)
  const { unitCode } = parseInput(AdoptInput, { unitCode: input.unitCode })
  requireCan(ctx, 'alerts.draft', { unitCode })
  return inTransaction(ctx, async (tx) => {
    const row = isUuid(input.id) ? await lockForeign(tx.db, input.id) : undefined
    if (row === undefined) throw new AppError('alerts.not_found')
    const before = row.draftId === null ? undefined : await findAlert(tx.db, row.draftId)
    if (before !== undefined && before.state !== 'dropped') return { id: before.id }
    const left = Date.parse(row.expiresAt) - tx.now().getTime()
    if (row.endedBy !== null || left <= 0) throw new AppError('alerts.over')
    const kind = row.kind as AlertKind
    const vi = row.said.vi
    const { polygons, circles } = row.area
    const places = row.unitCodes.includes(unitCode) || polygons.length + circles.length === 0
    const { id } = await draftAlert(tx, {
      ...{ unitCode, kind, level: row.level },
      ...{ headlineVi: vi.headline, headlineEn: row.said.en?.headline ?? null },
      ...{ bodyVi: vi.body, bodyEn: row.said.en?.body ?? null },
      instructionVi: vi.instruction || readyInstruction(tx.translate('vi'), kind, row.level),
      instructionEn:
        row.said.en?.instruction || readyInstruction(tx.translate('en'), kind, row.level),
      issuer: row.senderName,
      area: { places: places ? [{ unitCode }] : [], polygons, circles },
      expiresAt: new Date(tx.now().getTime() + Math.min(left, 7 * DAY_MS - HOUR_MS)).toISOString(),
    })
    await noteDraft(tx.db, row.id, id)
    await audit(tx, { action: 'alerts.adopted', subjectKind: 'foreign_alert', subjectId: row.id })
    return { id }
  })
}
