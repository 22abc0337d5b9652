import { createServer, type IncomingMessage, type RequestListener } from 'node:http'

/** Bodies as the far sides send them, with made-up values; a stand-in that serves them at a real socket. */

const chart = (values: string) =>
  `<li><img class='agri-chart-img'  src="https://quickchart.io/chart?height=175&c={ type: 'bar', data: { 'labels': ['1h \n27/11','7h \n27/11'], datasets: [{ type: 'line', data: [${values}] } ] } }" /></li>`

export type Gauge = { code: string; name: string; river: string; level: string }
export const PHU_OC: Gauge = {
  ...{ code: '71518', name: 'Phú Ốc', river: 'Bồ' },
  level: '<b>Mực nước (1.62(m) 8-23/11)</b> ',
}
export const KIM_LONG: Gauge = {
  ...{ code: '71520', name: 'Kim Long', river: 'Hương' },
  level: '<b>Mực nước (0.35(m) 8-23/11)</b> ',
}
/** Of another province: nothing of ours. */
export const DAK_NONG: Gauge = {
  ...{ code: '71720', name: 'Đắk Nông', river: 'Đắk Nông' },
  level: '<b>Mực nước (589.4(m) 7-23/11)</b> ',
}

const point = ({ code, name, river, level }: Gauge) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [107.47, 16.55] },
  properties: {
    label: name,
    latitude: 16.55,
    longtitude: 107.47,
    popupInfo: `<div class="station-popup-info"><div class="row-popup"><div class="col-popup-left"><li>Tên trạm: <b>${name}</b> </li><li>Mã trạm: <b>${code}</b></li><li>Địa điểm: <b>Huế</b></li><li>   Sông: <b>${river}</b></li><li>Nguồn: <b>KTTV</b></li><li>${level}</li><li class='detalRain' data-id='${code}' onclick='detailrain(\`${code}\`,\`Water\`,1)' ></li></div>${chart('1.4,1.55')}</div>`,
  },
})
export const riverMap = (...gauges: (Gauge | null)[]) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: gauges.map((gauge) => (gauge === null ? { type: 'Feature' } : point(gauge))),
  })

const moment = (utc: string) => ({ utc, local: utc.replace('Z', '+00:00') })
type Sensor = [id: number, name: string, units: string, value: number | null]
const sensor = (at: string, [id, name, units, value]: Sensor) => ({
  ...{ id, name: `${name} ${units}`, parameter: { id: 2, name, units, displayName: name } },
  datetimeFirst: moment('2025-01-01T00:00:00Z'),
  datetimeLast: moment(at),
  coverage: { expectedCount: 1, expectedInterval: '01:00:00', observedCount: 1 },
  latest: value === null ? null : { datetime: moment(at), value, coordinates: {} },
  summary: { min: 0, max: 80, avg: 22.1 },
})
const SENSORS: readonly Sensor[] = [
  [1, 'pm25', 'µg/m³', 20.3],
  [2, 'pm10', 'µg/m³', 41],
  [3, 'no2', 'ppm', 0.01],
  [4, 'temperature', 'c', 24.5],
  [5, 'o3', 'µg/m³', null],
]
export const airSensors = (at = '2026-11-23T01:00:00Z') =>
  JSON.stringify({
    meta: { name: 'openaq-api', website: '/', page: 1, limit: 100, found: SENSORS.length },
    results: SENSORS.map((one) => sensor(at, one)),
  })

/** Answers by path; what was asked is kept. */
export async function serveSources() {
  const answers = new Map<string, RequestListener>()
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    const answer = answers.get(request.url ?? '')
    if (answer === undefined) response.writeHead(404).end()
    else answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  return {
    ...{ answers, asked, port, root: `http://127.0.0.1:${port}` },
    /** A body with an entity tag, which answers 304 to whoever names it. */
    say: (path: string, body: string, etag = '"1"') =>
      answers.set(path, (request, response) => {
        response.setHeader('etag', etag).setHeader('content-type', 'application/json')
        if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
        else response.end(body)
      }),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
