import { useEffect, useState } from 'preact/hooks'
import type { CreatedIncident } from '../../../api/rooms/incidents/schema.ts'
import { platform } from '../platform/index.ts'
import { currentDraft, discardDraft } from '../resident/draft.ts'
import { keepOwnCase } from '../resident/own-cases.ts'
import { change, keys } from './idb.ts'
import { type Entry, flush, type Outcome } from './queue.ts'
import { arrived, diskStore, forgetArrived, webApi } from './queue-store.ts'
import { askForSync } from './register.ts'
import { QUEUE_LOCK } from './tags.ts'

/** Tries while the page is open and nothing tells that the signal is back. */
const FIRST_RETRY_MS = 5_000
const LAST_RETRY_MS = 60_000

let waiting: readonly Entry[] = []
let codes: readonly string[] = []
const listeners = new Set<() => void>()
let retryMs = FIRST_RETRY_MS
let timer: ReturnType<typeof setTimeout> | undefined

async function look(): Promise<void> {
  waiting = await diskStore.entries().catch(() => [])
  for (const listener of listeners) listener()
}

/** What arrived belongs among the own cases, also when the service worker sent it while no page was open. */
async function adopt(): Promise<void> {
  for (const { key, created, category, sentAt } of await arrived().catch(() => [])) {
    const { publicCode: code, secret } = created
    if (!codes.includes(code)) codes = [...codes, code]
    if (keepOwnCase({ code, secret, category, sentAt })) await forgetArrived(key)
  }
}

/** A killed browser may leave the draft beside the report that it became, and photos of neither. */
async function tidy(): Promise<void> {
  const gone = (await arrived().catch(() => [])).map(({ key }) => key)
  const queued = waiting.map(({ key }) => key)
  if ([...gone, ...queued].includes(currentDraft().key)) discardDraft()
  const used = new Set(
    [...waiting.flatMap(({ photos }) => photos), ...currentDraft().photos].map(({ id }) => id),
  )
  const loose = (await keys('photos').catch(() => [])).filter((id) => !used.has(id))
  await change(loose.map((key) => ({ store: 'photos', key }))).catch(() => undefined)
}

/** Sends what waits, one sender at a time over all tabs; never rejects. */
export async function flushQueue(): Promise<readonly Outcome[]> {
  clearTimeout(timer)
  const send = () => flush(diskStore, webApi, () => new Date())
  const outcomes = await navigator.locks
    .request(QUEUE_LOCK, send)
    .catch((): readonly Outcome[] => [])
  await adopt()
  await look()
  if (waiting.some(({ refusal }) => refusal === undefined)) {
    timer = setTimeout(flushQueue, retryMs)
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
  } else {
    retryMs = FIRST_RETRY_MS
  }
  return outcomes
}

/** Begins with whatever an earlier visit left, and goes on at every sign of a signal. */
export function startOutbox(): void {
  platform().onOnline((isOnline) => isOnline && flushQueue())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') flushQueue()
  })
  look().then(tidy).then(flushQueue)
}

/** Puts a report on the disk, then tries at once. Rejects only when the disk refuses. */
export async function enqueue(entry: Entry): Promise<Outcome> {
  await diskStore.save(entry)
  await askForSync()
  const outcomes = await flushQueue()
  return outcomes.find(({ key }) => key === entry.key) ?? { kind: 'later', key: entry.key }
}

function useChanges(): void {
  const [, redraw] = useState(0)
  useEffect(() => {
    const listener = () => redraw((n) => n + 1)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [])
}

/** Reports that wait on this device, redrawn at each change. */
export function useWaiting(): readonly Entry[] {
  useChanges()
  return waiting
}

/** Codes of what arrived since this page was opened. */
export function useArrived(): readonly string[] {
  useChanges()
  return codes
}

/** The answer to a report sent from this page, for the page that comes next; gone on a reload. */
const answers = new Map<string, CreatedIncident>()
export const answered = (created: CreatedIncident): unknown =>
  answers.set(created.publicCode, created)
export const answerOf = (code: string): CreatedIncident | undefined => answers.get(code)
