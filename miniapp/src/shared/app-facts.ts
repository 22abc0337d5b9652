import type { AppFacts } from '../../../api/http/app-facts.ts'
import { request } from './api.ts'

let asked: Promise<AppFacts> | undefined

/** What this installation offers the pages; asked once, and again after a failure. */
export function appFacts(): Promise<AppFacts> {
  asked ??= request<AppFacts>('/app').catch((error: unknown) => {
    asked = undefined
    throw error
  })
  return asked
}
