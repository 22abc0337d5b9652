import type { Caller, NotTried } from './call.ts'
import type { Answer, ZaloClient } from './client.ts'
import { at, idOf } from './fields.ts'
import type { Media } from './ports.ts'
import type { ZaloOaCall } from './render.ts'

/** Upload of pictures: JPEG or PNG of at most 1 MB. https://developers.zalo.me/docs/official-account/tin-nhan/tai-len/tai-hinh-anh */
export const PICTURE_MAX_BYTES = 1_000_000
const PICTURE_TYPES = ['image/jpeg', 'image/png']

export type Picture =
  | { media_type: 'image'; url: string }
  | { media_type: 'image'; attachment_id: string }

/** Address of the picture that a call shows; undefined when it shows none. */
export function pictureUrl(call: ZaloOaCall): string | undefined {
  const payload = call.message.attachment?.payload
  return payload !== undefined && 'elements' in payload ? payload.elements[0]?.url : undefined
}

/**
 * The picture as Zalo is to be told of it: uploaded when `media` gives its bytes (once a week for all chats), else by
 * its address. Answers the failed answer instead when it is worth trying again; nothing was sent then.
 */
export async function preparePicture(
  url: string,
  media: Media,
  client: Pick<ZaloClient, 'upload'>,
  call: Caller,
): Promise<Picture | Answer | NotTried> {
  const byUrl: Picture = { media_type: 'image', url }
  const known = await media.findAttachment(url)
  if (known !== undefined) return { media_type: 'image', attachment_id: known }
  const file = await media.read(url, PICTURE_MAX_BYTES)
  if (file === undefined || file.bytes.length > PICTURE_MAX_BYTES) return byUrl
  if (!PICTURE_TYPES.includes(file.contentType)) return byUrl
  const blob = new Blob([new Uint8Array(file.bytes)], { type: file.contentType })
  const answer = await call((token, timeoutMs) =>
    client.upload('v2.0/oa/upload/image', token, blob, timeoutMs),
  )
  if (answer.kind === 'error') return byUrl
  if (answer.kind !== 'ok') return answer
  const id = idOf(at(answer.data, 'attachment_id'))
  if (id === undefined) return byUrl
  await media.saveAttachment(url, id)
  return { media_type: 'image', attachment_id: id }
}

/** The call with its picture put in. */
export const withPicture = (call: ZaloOaCall, picture: Picture): unknown => ({
  ...call,
  message: {
    ...call.message,
    attachment: {
      type: 'template',
      payload: { template_type: 'media', elements: [picture] },
    },
  },
})
