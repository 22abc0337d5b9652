import { asKey } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import { areaLabel } from '../../alerts/index.ts'
import { can, officialNames, reachOf, requireCan, requireOfficial } from '../../identity/index.ts'
import { TEMPLATES } from '../data/templates.ts'
import { hasEnglish, kindLabel, readOut, saidIn, shareText } from '../messages.ts'
import type { DeskNotice, NoticeDesk, NoticeKind } from '../schema.ts'
import { findOfDesk, type NoticeRow } from '../store.ts'
import { missingOf } from './draft.ts'
import { progressOf, standingOf } from './progress.ts'
import { noticeUrl } from './send.ts'

const MOST_OPEN = 100
const MOST_RELEASED = 60
const GOING = new Set(['scheduled', 'sending', 'paused'])

/** What is being written, what goes out now, and what is over. */
export async function readNoticeDesk(ctx: Ctx): Promise<NoticeDesk> {
  requireCan(ctx, 'notices.draft')
  requireOfficial(ctx)
  const reach = reachOf(ctx.actor, 'notices.draft')
  const open = await findOfDesk(ctx.db, reach, ['draft', 'proposed'], MOST_OPEN)
  const released = await findOfDesk(ctx.db, reach, ['released', 'cancelled'], MOST_RELEASED)
  const people = [...open, ...released].flatMap(({ authorId, releasedBy }) => [
    authorId,
    releasedBy,
  ])
  const names = await officialNames(ctx, people)
  const views = await Promise.all(released.map((row) => toDesk(ctx, row, names)))
  const isGoing = (one: DeskNotice) => GOING.has(one.standing) || one.can.review
  return {
    at: ctx.now().toISOString(),
    open: await Promise.all(open.map((row) => toDesk(ctx, row, names))),
    going: views.filter(isGoing),
    ended: views.filter((one) => !isGoing(one)),
    templates: TEMPLATES.map(({ id, kind }) => {
      const [vi, en] = [ctx.translate('vi'), ctx.translate('en')]
      return {
        ...{ id, kind, name: ctx.t(asKey(`notices:template.${id}.name`)) },
        titleVi: vi(asKey(`notices:template.${id}.title`)),
        titleEn: en(asKey(`notices:template.${id}.title`)),
        bodyVi: vi(asKey(`notices:template.${id}.body`)),
        bodyEn: en(asKey(`notices:template.${id}.body`)),
      }
    }),
  }
}

type Names = ReadonlyMap<string, string>
const nameOf = (names: Names, id: string | null): string | null =>
  id === null ? null : (names.get(id) ?? null)

async function toDesk(ctx: Ctx, row: NoticeRow, names: Names): Promise<DeskNotice> {
  const progress = await progressOf(ctx, row)
  const place = await areaLabel(ctx, row.area)
  const about = { row, language: 'vi' as const, place }
  const vi = ctx.translate('vi')
  const said = saidIn(about)
  const missing = missingOf(row)
  const { id, version, state, unitCode, isEmergency, titleVi, titleEn, bodyVi, bodyEn } = row
  const { linkLabel, linkUrl, issuer, signer, documentNo, area, language, event } = row
  return {
    ...{ id, version, state, unitCode, isEmergency, titleVi, titleEn, bodyVi, bodyEn },
    ...{ linkLabel, linkUrl, issuer, signer, documentNo, area, language, event },
    kind: row.kind as NoticeKind,
    sendAt: row.sendAt,
    expiresAt: row.expiresAt,
    standing: progress?.standing ?? standingOf(row, undefined),
    title: said.title,
    body: said.body,
    kindLabel: kindLabel(ctx.t, row),
    place,
    authorName: nameOf(names, row.authorId),
    releasedByName: nameOf(names, row.releasedBy),
    releasedAt: row.releasedAt,
    aloneReason: row.aloneReason,
    isReviewed: row.reviewedAt !== null,
    endedReason: row.endedReason === 'late' ? null : row.endedReason,
    missing,
    hasEnglish: hasEnglish(row),
    can: rightsOf(ctx, row, missing.length === 0),
    progress,
    readOut: readOut(vi, about),
    shareText: shareText(vi, about, noticeUrl(ctx, row.id)),
  }
}

function rightsOf(ctx: Ctx, row: NoticeRow, isComplete: boolean): DeskNotice['can'] {
  const me = requireOfficial(ctx)
  const isMine = can(ctx.actor, 'notices.draft', { unitCode: row.unitCode })
  const mayRelease = can(ctx.actor, 'notices.release', { unitCode: row.unitCode })
  const isOpen = row.state === 'draft' || row.state === 'proposed'
  const isSecond = mayRelease && row.authorId !== me.officialId
  return {
    edit: isOpen && isMine,
    propose: row.state === 'draft' && isMine && isComplete,
    release: row.state === 'proposed' && isSecond && isComplete,
    releaseAlone: isOpen && isMine && isComplete && row.isEmergency && !isSecond,
    steer: row.state === 'released' && isMine,
    seePeople: isMine && can(ctx.actor, 'identity.view_reporter', { unitCode: row.unitCode }),
    review: row.aloneReason !== null && row.reviewedAt === null && isSecond,
  }
}
