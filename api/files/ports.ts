/** Private object storage; keys are ours, never names that a person gave. */
export type Storage = {
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>
  get(key: string): Promise<Uint8Array | undefined>
  remove(key: string): Promise<void>
}

export type Picture = {
  bytes: Uint8Array
  contentType: 'image/jpeg' | 'image/png' | 'image/webp'
  widthPx: number
  heightPx: number
}

/** What a photo says of itself, read before its metadata go. */
export type Taken = { at?: Date; lng?: number; lat?: number }

/** Re-encodes on Node (sharp); on Workers only strips metadata. Throws `files.not_an_image` on anything else. */
export type Images = {
  sanitise(
    bytes: Uint8Array,
  ): Promise<{ picture: Picture; thumbnail: Picture | null; taken: Taken }>
  /** The same picture with these parts painted over; null where the host cannot draw (Workers). */
  cover: ((bytes: Uint8Array, boxes: readonly Box[]) => Promise<Covered>) | null
}

/** A part of a picture, as shares of its width and height from the upper left corner. */
export type Box = { x: number; y: number; width: number; height: number }
export type Covered = { picture: Picture; thumbnail: Picture }

export type Fetched =
  /** `version`: what the far side calls this state of it, to be asked with the next time. */
  | { kind: 'file'; bytes: Uint8Array; version?: string }
  /** It is as it was in the version that was named. */
  | { kind: 'unchanged'; code: string }
  /** Worth another try later. */
  | { kind: 'retry'; code: string }
  | { kind: 'failed'; code: string }

/** Brings a file from an address that somebody outside named, from the public Internet alone; never throws. */
export type FetchOutside = (
  url: string,
  /** A bearer token goes to no other origin than that of `url`. `version`: brought only when it is another one. */
  options?: { bearer?: string; version?: string },
) => Promise<Fetched>
