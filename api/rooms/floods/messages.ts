import { asKey, type Translate } from '../../../locales/index.ts'
import { type Choice, type Message, type Part, text } from '../../chat/message.ts'
import { formatDateTime } from '../../core/time.ts'
import { type FloodPoint, MARKS, type Mark } from './schema.ts'

export const markName = (t: Translate, mark: Mark): string => t(asKey(`floods:mark.${mark}`))

const when = (iso: string): string => formatDateTime(new Date(iso))

function officialText(t: Translate, official: NonNullable<FloodPoint['official']>): string {
  const { cm, mark, measuredAt, source, isOld } = official
  const params = { cm, mark: markName(t, mark), time: when(measuredAt), source }
  if (isOld) return t('floods:official.old', params)
  return t(mark === 'dry' ? 'floods:official.dry' : 'floods:official', params)
}

function residentsText(t: Translate, residents: NonNullable<FloodPoint['residents']>): string {
  const { reports, lowCm, highCm, medianCm, mark, lastAt } = residents
  const depth =
    lowCm === highCm
      ? t('floods:depth.one', { cm: medianCm })
      : t('floods:depth.spread', { low: lowCm, high: highCm, cm: medianCm })
  const params = { count: reports, depth, mark: markName(t, mark), time: when(lastAt) }
  return t(mark === 'dry' ? 'floods:residents.dry' : 'floods:residents', params)
}

/** A point in words: road, what an official stated, what residents said; each with its time and source. */
export function pointText(t: Translate, point: FloodPoint): string {
  const { name, road, roadAt, official, residents, isFlooded } = point
  // Water that residents see while nobody has closed the road is no "passable".
  const standing = road === 'open' && isFlooded ? 'watched' : road
  return [
    t('floods:road.line', { name, road: t(asKey(`floods:road.${standing}`)), time: when(roadAt) }),
    ...(official === null ? [] : [officialText(t, official)]),
    ...(residents === null ? [] : [residentsText(t, residents)]),
    ...(official === null && residents === null ? [t('floods:nothing_said')] : []),
  ].join('\n')
}

export const pagePart = (t: Translate, url: string): Part => ({
  kind: 'link',
  label: t('floods:page'),
  url,
})

const back = (t: Translate): Choice => ({ id: 'menu', label: t('menu:privacy.back') })

/** Points as an answer; the first can be told a depth at. */
export function pointsMessage(
  t: Translate,
  points: readonly FloodPoint[],
  { lead, url }: { lead?: string; url: string },
): Message {
  const lines = [
    ...(lead === undefined ? [] : [lead]),
    ...points.map((point) => pointText(t, point)),
  ]
  const isAnyWet = points.some(({ isFlooded }) => isFlooded)
  const parts = [
    ...lines.map(text),
    ...(isAnyWet ? [text(t('floods:advice'))] : []),
    pagePart(t, url),
  ]
  const tell = points.slice(0, 2).map(({ id, name }) => ({
    id: `depth.${id}`,
    label: points.length === 1 ? t('floods:tell') : t('floods:tell_at', { name }),
  }))
  return {
    parts,
    choices: [...tell, { id: 'report_incident', label: t('menu:item.report_incident') }, back(t)],
  }
}

/** How high on the body: one press. */
export const askDepth = (t: Translate, point: { id: string; name: string }): Message => ({
  parts: [text(t('floods:ask', { name: point.name }))],
  choices: MARKS.map((mark) => ({ id: `depth.${point.id}.${mark}`, label: markName(t, mark) })),
})

export const thanks = (t: Translate, point: { name: string }, mark: Mark): Message => ({
  parts: [text(t('floods:thanks', { name: point.name, mark: markName(t, mark) }))],
  choices: [
    { id: 'flood_points', label: t('floods:all') },
    { id: 'sos', label: t('menu:likely.sos') },
    back(t),
  ],
})
