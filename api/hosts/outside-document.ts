import type { FetchOutside } from '../files/ports.ts'
import { createFetchOutside, type IsAllowed, type OriginHeaders } from './outside-fetch.ts'

/** Ours: a feed of a hundred entries has some 100 kB, a network of gauges some 500 kB. */
const MAX_BYTES = 2_000_000

type Options = { isAllowed?: IsAllowed; wholeMs?: number; originHeaders?: OriginHeaders }

/** Brings a feed or a document that an operator named. */
export const createFetchDocument = ({ isAllowed, ...wanted }: Options = {}): FetchOutside =>
  createFetchOutside(
    {
      accept: 'application/cap+xml, application/atom+xml, application/xml, application/json, */*',
      maxBytes: MAX_BYTES,
      tooLarge: 'too_large',
      ...wanted,
    },
    isAllowed,
  )
