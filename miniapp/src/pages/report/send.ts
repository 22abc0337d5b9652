import type { CreatedIncident } from '../../../../api/rooms/incidents/schema.ts'
import { createIncident } from '../../resident/calls.ts'
import {
  changeDraft,
  currentDraft,
  discardDraft,
  renewDraftKey,
  reportOf,
} from '../../resident/draft.ts'
import { keepOwnCase } from '../../resident/own-cases.ts'
import { ApiProblem, isTransient } from '../../shared/api.ts'

/** The answer to the report sent last, for the page that comes next; gone on a reload. */
let lastSent: { created: CreatedIncident; isKept: boolean } | undefined

export const sentReport = (code: string) =>
  lastSent?.created.publicCode === code ? lastSent : undefined

/**
 * Sends the draft; on success the device keeps the code with its secret and the next page opens. Resolves with the
 * problem otherwise. While it is not certain whether a report arrived, the same body goes out under the same key.
 */
export async function sendReport(consentVersion: number): Promise<unknown> {
  const draft = currentDraft()
  const body = draft.pending ?? reportOf(draft, consentVersion)
  changeDraft({ pending: body })
  try {
    const created = await createIncident(draft.key, body)
    const { publicCode: code, secret } = created
    const isKept = keepOwnCase({
      code,
      secret,
      category: body.category,
      sentAt: new Date().toISOString(),
    })
    lastSent = { created, isKept }
    discardDraft()
    location.hash = `/sent/${code}`
    return undefined
  } catch (problem) {
    if (problem instanceof ApiProblem && !isTransient(problem)) renewDraftKey()
    return problem
  }
}
