import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import process from 'node:process'

/**
 * A platform in a process of its own, as fast as Node serves: takes every message, answers like Telegram after
 * `argv[2]` milliseconds, and tells on `GET /arrivals` when each came (Unix milliseconds), forgetting them.
 */
const latencyMs = Number(process.argv[2] ?? 0)
let arrivals: number[] = []
const ANSWER = JSON.stringify({
  ok: true,
  result: { message_id: 1, date: 1, chat: { id: 1, type: 'private' }, text: 'x' },
})

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(arrivals))
    arrivals = []
    return
  }
  arrivals.push(performance.timeOrigin + performance.now())
  request.resume()
  request.on('end', () => {
    const answer = () => {
      response.setHeader('content-type', 'application/json')
      response.end(ANSWER)
    }
    if (latencyMs === 0) answer()
    else setTimeout(answer, latencyMs)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
