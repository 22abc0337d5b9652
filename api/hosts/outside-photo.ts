import { MAX_PHOTO_BYTES } from '../files/index.ts'
import type { FetchOutside } from '../files/ports.ts'
import { createFetchOutside, type IsAllowed } from './outside-fetch.ts'

/** Brings a photo that a partner named. */
export const createFetchPhoto = (isAllowed?: IsAllowed): FetchOutside =>
  createFetchOutside(
    {
      accept: 'image/jpeg, image/png, image/webp',
      maxBytes: MAX_PHOTO_BYTES,
      tooLarge: 'files.too_large',
      refuses: { type: /^text\//i, code: 'files.not_an_image' },
    },
    isAllowed,
  )
