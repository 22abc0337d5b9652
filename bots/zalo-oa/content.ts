import { parseChoiceId } from '../../api/chat/choice-id.ts'
import type { Content } from '../../api/chat/inbound.ts'
import { lngLat } from '../../api/core/geo.ts'
import { at, listOf, numberOf, textOf } from './fields.ts'
import { parseJson } from './json.ts'
import { isMediaUrl } from './media-hosts.ts'

/** What a person sent; `pictures` are still Zalo's, to be copied at once (their lifetime is not documented). */
export type ZaloOaContent =
  | Content
  | { kind: 'pictures'; urls: readonly string[]; caption?: string }

/** Ours: a message has one attachment; a few more are read, no flood. */
const ATTACHMENTS_MAX = 10
const PICTURE_FILE = /^(image\/)?(jpe?g|png|webp)$/i
/** Flows and intents are named by us in lower case: "8:30: sáng" is a text. */
const OWN_CHOICE = /^[a-z][a-z0-9_-]*:/

const unsupported = (what: string): ZaloOaContent => ({ kind: 'unsupported', what })

/** Content of a `user_send_<type>` event. Total. */
export function contentOf(type: string, message: unknown, hosts: readonly string[]): ZaloOaContent {
  const text = textOf(at(message, 'text'))
  const payloads = listOf(at(message, 'attachments'))
    .slice(0, ATTACHMENTS_MAX)
    .map((attachment) => at(attachment, 'payload'))
  switch (type) {
    case 'text':
      return text === undefined ? unsupported('text') : textContent(text)
    case 'link': {
      const url = textOf(at(payloads[0], 'url'))
      const words = text ?? url
      return words === undefined ? unsupported('link') : { kind: 'text', text: words }
    }
    case 'image':
      return pictures('image', payloads, hosts, text)
    case 'file': {
      const isPicture = payloads.every((payload) => PICTURE_FILE.test(`${fileType(payload)}`))
      return isPicture ? pictures('file', payloads, hosts, text) : unsupported('file')
    }
    case 'location':
      return location(payloads[0])
    default:
      return unsupported(/^[a-z_]{1,40}$/.test(type) ? type : 'unknown')
  }
}

/** A pressed button comes back as its payload, sometimes wrapped as `{"content":"…"}`. */
function textContent(text: string): ZaloOaContent {
  const wrapped = text.startsWith('{') ? textOf(at(parseJson(text), 'content')) : undefined
  const said = wrapped ?? text
  const isChoice = OWN_CHOICE.test(said) && parseChoiceId(said) !== undefined
  return isChoice ? { kind: 'choice', id: said } : { kind: 'text', text: said }
}

function pictures(
  what: string,
  payloads: readonly unknown[],
  hosts: readonly string[],
  caption: string | undefined,
): ZaloOaContent {
  const urls = payloads.map((payload) => at(payload, 'url')).filter((url) => isMediaUrl(url, hosts))
  if (urls.length === 0) return unsupported(what)
  return { kind: 'pictures', urls, ...(caption === undefined ? {} : { caption }) }
}

const fileType = (payload: unknown): string | undefined =>
  textOf(at(payload, 'type')) ?? textOf(at(payload, 'name'))?.split('.').at(-1)

function location(payload: unknown): ZaloOaContent {
  const lng = numberOf(at(payload, 'coordinates', 'longitude'))
  const lat = numberOf(at(payload, 'coordinates', 'latitude'))
  const point = lng === undefined || lat === undefined ? undefined : lngLat(lng, lat)
  return point === undefined ? unsupported('location') : { kind: 'location', at: point }
}

/** A telephone number in digits, from any of the ways in which Zalo has written it; undefined when it is none. */
export function phoneOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? `${value}` : value
  if (typeof text !== 'string') return undefined
  const digits = text.replace(/[\s.()+-]/g, '')
  if (!/^\d{8,15}$/.test(digits)) return undefined
  if (digits.startsWith('84') && digits.length >= 11) return `0${digits.slice(2)}`
  return digits.startsWith('0') ? digits : `0${digits}`
}
