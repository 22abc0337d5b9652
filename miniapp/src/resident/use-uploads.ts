import { useRef, useState } from 'preact/hooks'
import { preparePhoto } from '../shared/photo.ts'
import { type Upload, uploadPhoto } from './calls.ts'

/** A photo that the server has. */
export type UploadedPhoto = {
  mediaId: string
  uploadSecret?: string
  /** Small `data:` picture; empty when this browser could not decode the file. */
  thumb: string
  taken?: { lng: number; lat: number }
}

const UPLOAD_TIMEOUT_MS = 120_000

export type PendingUpload = {
  id: number
  thumb: string
  upload: Blob
  /** Set when it did not go through; the photo waits here for another try. */
  problem?: unknown
}

export type Uploads = {
  pending: readonly PendingUpload[]
  isBusy: boolean
  add: (files: readonly File[]) => void
  retry: (id: number) => void
  drop: (id: number) => void
}

function asUploaded(thumb: string, { mediaId, uploadSecret, taken }: Upload): UploadedPhoto {
  return {
    mediaId,
    thumb,
    ...(uploadSecret === undefined ? {} : { uploadSecret }),
    ...(taken?.lng === undefined || taken.lat === undefined
      ? {}
      : { taken: { lng: taken.lng, lat: taken.lat } }),
  }
}

/** Photos on their way; those that arrived are handed to `keep`. */
export function useUploads(keep: (photo: UploadedPhoto) => void): Uploads {
  const [pending, setPending] = useState<readonly PendingUpload[]>([])
  const nextId = useRef(1)
  const change = (id: number, next: PendingUpload | undefined) =>
    setPending((all) => all.flatMap((one) => (one.id === id ? (next ? [next] : []) : [one])))

  const send = async (item: PendingUpload) => {
    change(item.id, { id: item.id, thumb: item.thumb, upload: item.upload })
    try {
      const done = await uploadPhoto(item.upload, AbortSignal.timeout(UPLOAD_TIMEOUT_MS))
      keep(asUploaded(item.thumb, done))
      change(item.id, undefined)
    } catch (problem) {
      change(item.id, { ...item, problem })
    }
  }

  const addOne = async (file: File) => {
    const item = { id: nextId.current++, ...(await preparePhoto(file)) }
    setPending((all) => [...all, item])
    await send(item)
  }

  return {
    pending,
    isBusy: pending.some((item) => item.problem === undefined),
    // One after the other: two large photos at once only make both late on a weak signal.
    add: async (files) => {
      for (const file of files) await addOne(file)
    },
    retry: (id) => {
      const item = pending.find((one) => one.id === id)
      if (item) send(item)
    },
    drop: (id) => change(id, undefined),
  }
}
