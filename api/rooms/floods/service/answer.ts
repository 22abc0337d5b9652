import { type Message, say, text } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { placeFactsForText } from '../../areas/index.ts'
import { askDepth, pagePart, pointsMessage, thanks } from '../messages.ts'
import { named } from '../policy/question.ts'
import { type FloodPoint, MARKS } from '../schema.ts'
import { type Read, readPoints } from './read.ts'
import { getFloodPoint, sayDepth } from './say.ts'

/** More than a phone shows at once is no answer; the page has them all. */
const AT_MOST = 4

export const floodsUrl = ({ settings }: Pick<Ctx, 'settings'>): string =>
  `${settings.publicUrl}/#/floods`

/** Points whose unit the words name; undefined when they name none. */
async function ofUnit(ctx: Ctx, all: readonly Read[], words: string): Promise<Read[] | undefined> {
  const { places } = await placeFactsForText(ctx, words)
  const codes = new Set(places.map(({ unitCode }) => unitCode))
  return codes.size === 0 ? undefined : all.filter(({ row }) => codes.has(row.unitCode))
}

/** The home commune's first, the rest of the city after. */
function homeFirst(ctx: Ctx, reads: readonly Read[]): Read[] {
  const isHome = ({ row }: Read) => row.unitCode === ctx.settings.homeUnitCode
  return [...reads.filter(isHome), ...reads.filter((read) => !isHome(read))]
}

const viewsOf = (reads: readonly Read[]): FloodPoint[] =>
  reads.slice(0, AT_MOST).map(({ view }) => view)

/**
 * "Đường nào ngập", "hùng vương ngập không": the point that was named, wet or not; else those under water, here first.
 * What nobody watches is not said to be dry.
 */
export async function answerFloodPoints(ctx: Ctx, words: string): Promise<Message[]> {
  const { t } = ctx
  const url = floodsUrl(ctx)
  const all = await readPoints(ctx)
  if (all.length === 0)
    return [
      say(t('floods:none_watched'), [
        { id: 'water_level', label: t('menu:item.water_level') },
        { id: 'report_incident', label: t('menu:item.report_incident') },
        { id: 'menu', label: t('menu:privacy.back') },
      ]),
    ]
  const meant = named(
    all.map((read) => ({ ...read.row, read })),
    words,
  ).map(({ read }) => read)
  if (meant.length > 0) return [pointsMessage(t, viewsOf(meant), { url })]
  const inUnit = await ofUnit(ctx, all, words)
  const wet = homeFirst(ctx, inUnit ?? all).filter(({ view }) => view.isFlooded)
  const more = wet.length > AT_MOST ? t('floods:more', { count: wet.length - AT_MOST }) : undefined
  if (wet.length > 0) {
    const lead = [t('floods:wet', { count: wet.length }), ...(more === undefined ? [] : [more])]
    return [pointsMessage(t, viewsOf(wet), { lead: lead.join(' '), url })]
  }
  const key = inUnit?.length === 0 ? 'floods:none_there' : 'floods:none_flooded'
  return [
    {
      parts: [text(t(key, { count: (inUnit ?? all).length })), pagePart(t, url)],
      choices: [
        { id: 'water_level', label: t('menu:item.water_level') },
        { id: 'report_incident', label: t('menu:item.report_incident') },
        { id: 'menu', label: t('menu:privacy.back') },
      ],
    },
  ]
}

/** `<point>` asks how high the water stands there, `<point>.<mark>` keeps it. */
export async function answerDepth(
  ctx: Ctx,
  chat: { channel: string; chatKey: string },
  payload: string,
): Promise<Message[]> {
  const [id = '', said] = payload.split('.')
  const mark = MARKS.find((one) => one === said)
  if (mark === undefined) return [askDepth(ctx.t, await getFloodPoint(ctx, id))]
  const point = await sayDepth(ctx, { id, mark, sayer: chat })
  return [thanks(ctx.t, point, mark)]
}
