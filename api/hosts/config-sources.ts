import type { ReadingSource } from '../context.ts'
import type { EnvReader } from './config-reader.ts'
import type { OriginHeaders } from './outside-fetch.ts'

/** Where readings of others are asked for. Keys stay with the host: `originHeaders` is what each origin alone gets. */
export type Sources = {
  readingSources: readonly ReadingSource[]
  originHeaders: OriginHeaders
}

const OPENAQ = 'https://api.openaq.org'
const STATION = /^([a-z0-9][a-z0-9-]{1,39})=(\d{1,10})$/

export function readSources(read: EnvReader): Sources {
  const map = read.url('VNDMS_URL')
  const openaq = read.origin('OPENAQ_URL') ?? OPENAQ
  const places = read.list('OPENAQ_STATIONS').map((text) => STATION.exec(text))
  if (places.includes(null))
    read.fault('OPENAQ_STATIONS holds something that is not STATION=LOCATION, like quang-dien=2178')
  const group = read.group('OpenAQ', ['OPENAQ_STATIONS', 'OPENAQ_API_KEY'])
  const air = places.flatMap((place): ReadingSource[] => {
    const [, stationCode = '', location = ''] = place ?? []
    const url = `${openaq}/v3/locations/${location}/sensors`
    return place === null ? [] : [{ kind: 'openaq', url, stationCode }]
  })
  return {
    readingSources: [...(map === null ? [] : [{ kind: 'river-map', url: map } as const]), ...air],
    originHeaders: {
      // It answers 403 to whoever does not come from its own pages.
      ...(map === null || !URL.canParse(map)
        ? {}
        : { [new URL(map).origin]: { referer: `${new URL(map).origin}/` } }),
      ...(group === null ? {} : { [openaq]: { 'x-api-key': group.OPENAQ_API_KEY } }),
    },
  }
}
