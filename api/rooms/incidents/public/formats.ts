import type { Ctx } from '../../../context.ts'
import { csvLine } from '../../../core/csv.ts'
import { formatOffsetDateTime } from '../../../core/time.ts'
import { COLUMNS, LICENCE, type OpenRow, type Range } from './export.ts'

/** What says where the file comes from and what one may do with it, dated. */
export function attribution(ctx: Ctx, range: Range) {
  const { t, settings } = ctx
  return {
    title: t('incidents:open_data.title', { from: range.from, to: range.to }),
    attribution: t('incidents:open_data.source', {
      province: ctx.language === 'en' ? settings.province.nameEn : settings.province.nameVi,
      url: settings.publicUrl,
    }),
    licence: LICENCE,
    generated: formatOffsetDateTime(ctx.now()),
    ...(settings.isDemo ? { demo: t('common:demo.banner') } : {}),
  }
}

/** `#` lines are comments by the dialect of CSV on the Web (W3C); the mark lets spreadsheets read Vietnamese. */
export async function* toCsv(
  ctx: Ctx,
  range: Range,
  rows: AsyncIterable<OpenRow>,
): AsyncGenerator<string> {
  const { title, attribution: source, licence, generated, demo } = attribution(ctx, range)
  const lines = [title, source, `${licence.id} ${licence.url}`, generated, ...(demo ? [demo] : [])]
  yield `\uFEFF${lines.map((line) => `# ${line}\r\n`).join('')}${csvLine(COLUMNS)}`
  for await (const row of rows) yield csvLine(COLUMNS.map((column) => row[column]))
}

export async function* toGeoJson(
  ctx: Ctx,
  range: Range,
  rows: AsyncIterable<OpenRow>,
): AsyncGenerator<string> {
  const head = JSON.stringify({ type: 'FeatureCollection', ...attribution(ctx, range) })
  yield `${head.slice(0, -1)},"features":[`
  let separator = '\n'
  for await (const { lat, lng, ...properties } of rows) {
    const geometry = lat === null ? null : { type: 'Point', coordinates: [lng, lat] }
    yield separator + JSON.stringify({ type: 'Feature', id: properties.code, geometry, properties })
    separator = ',\n'
  }
  yield '\n]}\n'
}

/** Text in pieces of some ten kilobytes, made only as fast as the reader takes them. */
export function toStream(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async (controller) => {
      let text = ''
      while (text.length < 32_768) {
        const { done, value } = await pieces.next()
        if (done) {
          if (text !== '') controller.enqueue(encoder.encode(text))
          controller.close()
          return
        }
        text += value
      }
      controller.enqueue(encoder.encode(text))
    },
    cancel: async () => {
      await pieces.return(undefined)
    },
  })
}
