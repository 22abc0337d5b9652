import { useState } from 'preact/hooks'
import { put } from '../../offline/idb.ts'
import { uploadPhoto } from '../../resident/calls.ts'
import { changeDraft, currentDraft, type DraftPhoto, newId } from '../../resident/draft.ts'
import { ApiProblem, isTransient } from '../../shared/api.ts'
import { preparePhoto } from '../../shared/photo.ts'

/** A photo that the server will never take. */
export type RefusedPhoto = { id: string; problem: unknown }

export type Photos = {
  /** Photos now on their way; they are in the draft already. */
  sending: ReadonlySet<string>
  refused: readonly RefusedPhoto[]
  add: (files: readonly File[]) => void
  drop: (id: string) => void
}

let stopper = new AbortController()

/** The report takes over: its queue sends the photos that are not there yet. */
export function stopUploads(): void {
  stopper.abort()
  stopper = new AbortController()
}

const changePhotos = (work: (photos: readonly DraftPhoto[]) => DraftPhoto[]) =>
  changeDraft({ photos: work(currentDraft().photos) })

const isRefusal = (problem: unknown) => problem instanceof ApiProblem && !isTransient(problem)

/** Sends one photo ahead of its report. Without a signal it simply stays on the device. */
async function sendAhead(id: string, upload: Blob): Promise<unknown> {
  try {
    const { mediaId, uploadSecret, taken } = await uploadPhoto(upload, stopper.signal)
    const more = {
      mediaId,
      ...(uploadSecret === undefined ? {} : { uploadSecret }),
      ...(taken?.lng === undefined || taken.lat === undefined
        ? {}
        : { taken: { lng: taken.lng, lat: taken.lat } }),
    }
    changePhotos((all) => all.map((photo) => (photo.id === id ? { ...photo, ...more } : photo)))
    return undefined
  } catch (problem) {
    if (!isRefusal(problem)) return undefined
    changePhotos((all) => all.filter((photo) => photo.id !== id))
    return problem
  }
}

/** Photos of the draft: kept on the device first, then sent ahead one after the other. */
export function usePhotos(): Photos {
  const [sending, setSending] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<readonly RefusedPhoto[]>([])
  const mark = (id: string, isOn: boolean) =>
    setSending((before) => {
      const next = new Set(before)
      if (isOn) next.add(id)
      else next.delete(id)
      return next
    })

  const addOne = async (file: File) => {
    const id = newId()
    const { upload, thumb } = await preparePhoto(file)
    await put('photos', id, upload)
    mark(id, true)
    changePhotos((all) => [...all, { id, thumb }])
    const problem = await sendAhead(id, upload)
    mark(id, false)
    if (problem !== undefined) setRefused((all) => [...all, { id, problem }])
  }

  return {
    sending,
    refused,
    // One after the other: two large photos at once only make both late on a weak signal.
    add: async (files) => {
      for (const file of files) await addOne(file)
    },
    drop: (id) => setRefused((all) => all.filter((one) => one.id !== id)),
  }
}
