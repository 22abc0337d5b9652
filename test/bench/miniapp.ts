// How long a phone waits for the report form: slow 3G (400 ms round trip, 400 kbit/s) and a processor four times slower.
// `node test/bench/miniapp.ts [URL of a running server]`; needs Chromium at /usr/bin/chromium. Prints the median of three first and repeat visits.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { ARGS, PHONE } from '../e2e/chat-kit.ts'
import { startServer } from '../e2e/server.ts'

const RUNS = 3
const SLOW_3G = {
  offline: false,
  latency: 400,
  downloadThroughput: 400_000 / 8,
  uploadThroughput: 400_000 / 8,
}
const CPU_SLOWDOWN = 4
const BROWSER_START_MS = 3_000

/** `codeBytes`: scripts and styles as they came over the line, headers included. */
type Visit = { usableMs: number; bytes: number; codeBytes: number; requests: number }

const BUTTONS = '.photo-buttons button:nth-child(2)'
type Measured = Window & { usableMs?: number }

/** Notes in the page itself, from the start of the navigation, when the form is drawn and its buttons answer. */
const watchForm = (page: Page) =>
  page.addInitScript((buttons) => {
    const seen = new MutationObserver(() => {
      if (document.querySelector(buttons) === null) return
      seen.disconnect()
      requestAnimationFrame(() =>
        setTimeout(() => {
          ;(window as Measured).usableMs = performance.now()
        }),
      )
    })
    seen.observe(document, { childList: true, subtree: true })
  }, BUTTONS)

/** Opens the report form as a fresh page does; usable: its two photo buttons and "next" can be pressed. */
async function visit(page: Page, url: string): Promise<Visit> {
  // The browser of a phone runs already: its own start is not the page's.
  await page.waitForTimeout(BROWSER_START_MS)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', SLOW_3G)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
  const total = { bytes: 0, codeBytes: 0, requests: 0 }
  const code = new Set<string>()
  cdp.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script' || type === 'Stylesheet') code.add(requestId)
  })
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    total.bytes += encodedDataLength
    total.requests++
    if (code.has(requestId)) total.codeBytes += encodedDataLength
  })
  await watchForm(page)
  await page.goto(`${url}/#/report`, { waitUntil: 'commit' })
  await page.locator(BUTTONS).waitFor()
  const seen = { ...total }
  const usable = await page.waitForFunction(() => (window as Measured).usableMs)
  const usableMs = (await usable.jsonValue()) ?? 0
  await page.waitForLoadState('networkidle')
  return { usableMs, ...seen }
}

async function phone(url: string): Promise<{ first: Visit; repeat: Visit }> {
  const profile = mkdtempSync(join(tmpdir(), 'loa-bench-'))
  const open = () =>
    chromium.launchPersistentContext(profile, {
      executablePath: '/usr/bin/chromium',
      args: ARGS,
      viewport: PHONE,
      locale: 'vi-VN',
    })
  let context = await open()
  const first = await visit(await context.newPage(), url)
  const [page] = context.pages().slice(-1)
  await page?.evaluate(async () => void (await navigator.serviceWorker.ready))
  await context.close()
  context = await open()
  const repeat = await visit(await context.newPage(), url)
  await context.close()
  rmSync(profile, { recursive: true, force: true })
  return { first, repeat }
}

const median = (values: number[]) =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const say = (name: string, visits: Visit[]) => {
  const of = (key: keyof Visit) => Math.round(median(visits.map((one) => one[key])))
  const all = visits.map(({ usableMs }) => Math.round(usableMs)).join(', ')
  process.stdout.write(
    `${name}: usable after ${of('usableMs')} ms (${all}), ${of('requests')} requests, ${of('bytes')} bytes, ${of('codeBytes')} of them scripts and styles\n`,
  )
}

const [given] = process.argv.slice(2)
const server = given === undefined ? await startServer() : undefined
const url = given ?? server?.url ?? ''
const visits: { first: Visit; repeat: Visit }[] = []
for (let i = 0; i < RUNS; i++) visits.push(await phone(url))
say(
  'first visit',
  visits.map(({ first }) => first),
)
say(
  'repeat visit',
  visits.map(({ repeat }) => repeat),
)
await server?.stop()
