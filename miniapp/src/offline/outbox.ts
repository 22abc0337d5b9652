import type { CreatedIncident } from '../../../api/rooms/incidents/schema.ts'
import { platform } from '../platform/index.ts'
import { currentDraft, discardDraft } from '../resident/draft.ts'
import { keepOwnCase } from '../resident/own-cases.ts'
import { useChanges } from '../shared/use-changes.ts'
import { change, keys } from './idb.ts'
import { type Entry, flush, type Outcome, type Sent } from './queue.ts'
import { arrived, diskStore, forgetArrived, webApi } from './queue-store.ts'
import { askForSync } from './register.ts'
import { alone } from './tags.ts'

/** Tries while the page is open and nothing tells that the signal is back. */
const FIRST_RETRY_MS = 5_000
const LAST_RETRY_MS = 60_000

let waiting: readonly Entry[] = []
/** What arrived since this page was opened, by the key of its draft. */
const answers = new Map<string, CreatedIncident>()
const listeners = new Set<() => void>()
let retryMs = FIRST_RETRY_MS
let timer: ReturnType<typeof setTimeout> | undefined
/** Another tab may be the one that sends: both say that it arrived. */
const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('loa-sent') : undefined

async function look(): Promise<void> {
  waiting = await diskStore.entries()
  for (const listener of listeners) listener()
}

/** What arrived belongs among the own cases, also when the service worker sent it while no page was open. */
async function adopt(): Promise<void> {
  for (const { key, created, category, sentAt } of await arrived()) {
    const { publicCode: code, secret } = created
    answers.set(key, created)
    tabs?.postMessage({ key, created })
    if (keepOwnCase({ code, secret, category, sentAt })) await forgetArrived(key)
  }
}

/** A killed browser may leave the draft beside the report that it became, and photos of neither. */
async function tidy(): Promise<void> {
  const gone = [...(await arrived()), ...waiting].map(({ key }) => key)
  if (gone.includes(currentDraft().key)) discardDraft()
  const photos = [...waiting.flatMap((entry) => entry.photos), ...currentDraft().photos]
  const used = new Set(photos.map(({ id }) => id))
  const loose = (await keys('photos')).filter((id) => !used.has(id))
  await change(loose.map((key) => ({ store: 'photos', key })))
}

async function settle(): Promise<void> {
  await adopt()
  await look()
  clearTimeout(timer)
  if (waiting.some(({ refusal }) => refusal === undefined)) {
    timer = setTimeout(flushQueue, retryMs)
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
  } else {
    retryMs = FIRST_RETRY_MS
  }
}

const sendAll = () => flush(diskStore, webApi, () => new Date())

/** Sends what waits, one sender at a time over all tabs and the service worker; never rejects. */
export async function flushQueue(): Promise<void> {
  await alone(sendAll).catch(() => undefined)
  await settle()
}

/** Begins with whatever an earlier visit left, and goes on at every sign of a signal. */
export async function startOutbox(): Promise<void> {
  tabs?.addEventListener('message', ({ data }: MessageEvent<Pick<Sent, 'key' | 'created'>>) => {
    answers.set(data.key, data.created)
    look()
  })
  platform().onOnline((isOnline) => isOnline && flushQueue())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') flushQueue()
  })
  await look()
  await tidy()
  await flushQueue()
}

/** Puts a report on the disk, then tries at once. */
export async function enqueue(entry: Entry): Promise<Outcome> {
  const { key } = entry
  const outcomes = await alone(async () => {
    await diskStore.save(entry)
    // Asked while the turn is ours, so that the worker comes after this page and not instead of it.
    askForSync()
    return sendAll()
  })
  await settle()
  const created = answers.get(key)
  if (created) return { kind: 'sent', key, created }
  return outcomes.find((outcome) => outcome.key === key) ?? { kind: 'later', key }
}

/** Reports that wait on this device, redrawn at each change. */
export function useWaiting(): readonly Entry[] {
  useChanges(listeners)
  return waiting
}

/** Codes of what arrived since this page was opened. */
export function useArrived(): readonly string[] {
  useChanges(listeners)
  return [...answers.values()].map(({ publicCode }) => publicCode)
}

/** The answer to a report sent since this page was opened; gone on a reload. */
export const answerOf = (code: string): CreatedIncident | undefined =>
  [...answers.values()].find(({ publicCode }) => publicCode === code)
