import type { Language } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import type { CapAlert, CapInfo } from '../../../core/cap/alert.ts'
import { writeCap } from '../../../core/cap/write.ts'
import { formatOffsetDateTime } from '../../../core/time.ts'
import { writeXmlDocument, xml } from '../../../core/xml.ts'
import { kindLabel, saidIn, titleOf } from '../messages.ts'
import {
  CAP_CATEGORIES,
  CAP_RESPONSE,
  CAP_SEVERITY,
  CAP_TYPE,
  CAP_URGENCY,
  isEnd,
} from '../policy/kinds.ts'
import type { AlertKind } from '../schema.ts'
import { type AlertRow, findEarlier, findInForce, findIssued } from '../store.ts'
import { areaLabel } from './area.ts'
import { alertUrl } from './issue.ts'
import { capUrl, issuedRow } from './read.ts'

/** CAP 1.2 §3.2.1: unique to the sender; no white space, comma, `<`, `&`. */
const identifierOf = (row: AlertRow): string => `loa.${row.unitCode}.${row.id}`
export const senderOf = (ctx: Ctx): string => `canhbao@${new URL(ctx.settings.publicUrl).hostname}`

/** Blocks of Vietnamese and English; the first is the one that holds. */
const LANGUAGES = { vi: 'vi-VN', en: 'en-GB' } as const satisfies Record<Language, string>

/** An issued message as a CAP 1.2 document. Throws `alerts.not_found`. */
export const capDocument = async (ctx: Ctx, id: string): Promise<string> =>
  writeCap(await toCap(ctx, await issuedRow(ctx, id)))

export async function toCap(ctx: Ctx, row: AlertRow): Promise<CapAlert> {
  const earlier = await findEarlier(ctx.db, row)
  const sender = senderOf(ctx)
  const label = await areaLabel(ctx, row.area)
  return {
    identifier: identifierOf(row),
    sender,
    sentAt: sentAt(row),
    status: ctx.settings.isDemo ? 'Exercise' : 'Actual',
    messageType: CAP_TYPE[row.messageType],
    ...(row.documentNo === null ? {} : { source: row.documentNo }),
    scope: 'Public',
    codes: [],
    ...(row.messageType === 'cancel' ? { note: ctx.translate('vi')('alerts:title.cancel') } : {}),
    references: earlier.map((one) => ({
      sender,
      identifier: identifierOf(one),
      sent: formatOffsetDateTime(sentAt(one)),
    })),
    infos: (['vi', 'en'] as const).map((language) => infoOf(ctx, row, language, label)),
  }
}

/** Whole seconds, as the standard writes times: an identifier and its time are what others refer to. */
const sentAt = ({ issuedAt, updatedAt }: AlertRow): Date =>
  new Date(Math.floor(Date.parse(issuedAt ?? updatedAt) / 1_000) * 1_000)

function infoOf(ctx: Ctx, row: AlertRow, language: Language, label: string): CapInfo {
  const t = ctx.translate(language)
  const kind = row.kind as AlertKind
  const rung = Math.max(0, Math.min(3, row.level - 1))
  const said = saidIn(row, language)
  const isOver = isEnd(row.messageType)
  const { places, polygons, circles } = row.area
  const units = [...new Set(places.map(({ unitCode }) => unitCode))]
  return {
    language: LANGUAGES[language],
    categories: CAP_CATEGORIES[kind],
    event: kindLabel(t, kind),
    responseTypes: isOver ? ['AllClear'] : (CAP_RESPONSE[rung] ?? ['Monitor']),
    urgency: isOver ? 'Past' : (CAP_URGENCY[rung] ?? 'Unknown'),
    severity: isOver ? 'Minor' : (CAP_SEVERITY[rung] ?? 'Unknown'),
    certainty: row.stationCode === null ? 'Likely' : 'Observed',
    eventCodes: [],
    effectiveAt: sentAt(row),
    ...(row.onsetAt === null ? {} : { onsetAt: new Date(row.onsetAt) }),
    expiresAt: new Date(row.expiresAt),
    senderName: row.issuer ?? label,
    headline: `${titleOf(t, row)}: ${said.headline}`.slice(0, 160),
    ...(said.body === '' ? {} : { description: said.body }),
    instruction: said.instruction,
    web: alertUrl(ctx, row.id),
    parameters: [
      ...(kind === 'flood' ? [{ name: 'VN:BaoDong', value: String(row.level) }] : []),
      ...(row.signer === null ? [] : [{ name: 'VN:NguoiKy', value: row.signer }]),
    ],
    resources: [],
    areas: [
      {
        description: label,
        polygons,
        circles,
        geocodes: units.map((value) => ({ name: 'VN-DVHC', value })),
      },
    ],
  }
}

const FEED_MAX = 50

/** What holds now, and the newest of what went before, as an Atom feed of CAP documents (RFC 4287). */
export async function capFeed(ctx: Ctx): Promise<string> {
  const held = await findInForce(ctx.db, ctx.now())
  const recent = await findIssued(ctx.db, { limit: FEED_MAX })
  const rows = [...new Map([...held, ...recent].map((row) => [row.id, row])).values()]
    .toSorted((a, b) => (b.issuedAt ?? '').localeCompare(a.issuedAt ?? ''))
    .slice(0, Math.max(FEED_MAX, held.length))
  const newest = rows[0]
  const self = `${ctx.settings.publicUrl}/cap/feed.atom`
  const stamp = (at: Date) => xml('updated', formatOffsetDateTime(at))
  return writeXmlDocument(
    xml(
      'feed',
      [
        xml('id', self),
        xml('title', ctx.t('alerts:feed.title')),
        stamp(newest === undefined ? new Date(0) : sentAt(newest)),
        xml('author', [xml('name', ctx.t('alerts:feed.author'))]),
        xml('link', undefined, { rel: 'self', href: self, type: 'application/atom+xml' }),
        ...rows.map((row) =>
          xml('entry', [
            xml('id', capUrl(ctx, row.id)),
            xml('title', `${titleOf(ctx.t, row)}: ${saidIn(row, ctx.language).headline}`),
            stamp(sentAt(row)),
            xml('link', undefined, { href: capUrl(ctx, row.id), type: 'application/cap+xml' }),
            xml('summary', saidIn(row, ctx.language).instruction),
          ]),
        ),
      ],
      { xmlns: 'http://www.w3.org/2005/Atom' },
    ),
  )
}
