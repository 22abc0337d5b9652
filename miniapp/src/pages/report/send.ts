import { enqueue } from '../../offline/outbox.ts'
import type { Entry } from '../../offline/queue.ts'
import { takeBack } from '../../offline/queue-store.ts'
import {
  currentDraft,
  type Draft,
  discardDraft,
  reportOf,
  restoreDraft,
} from '../../resident/draft.ts'
import { ApiProblem, apiBase, ownHeaders } from '../../shared/api.ts'
import { stopUploads } from './use-photos.ts'

const entryOf = (draft: Draft, consentVersion: number): Entry => ({
  key: draft.key,
  queuedAt: new Date().toISOString(),
  apiBase: apiBase(),
  headers: ownHeaders(),
  report: reportOf(draft, consentVersion),
  photos: draft.photos.map(({ id, mediaId, uploadSecret }) => ({
    id,
    ...(mediaId === undefined ? {} : { mediaId }),
    ...(uploadSecret === undefined ? {} : { uploadSecret }),
  })),
  draft,
})

/**
 * Puts the draft on its way: the next page opens with its code, or says that it goes by itself when the signal is back.
 * Resolves with the problem when the server refused it for good; then it is a draft again.
 */
export async function sendReport(consentVersion: number): Promise<unknown> {
  stopUploads()
  const draft = currentDraft()
  const outcome = await enqueue(entryOf(draft, consentVersion))
  if (outcome.kind === 'refused') {
    await takeBack(outcome.key)
    restoreDraft(draft)
    return new ApiProblem(outcome.refusal.code, outcome.refusal.status, outcome.refusal)
  }
  discardDraft()
  location.hash = outcome.kind === 'sent' ? `/sent/${outcome.created.publicCode}` : '/waiting'
  return undefined
}
