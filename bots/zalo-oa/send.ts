import type { Sender } from '../../api/chat/sender.ts'
import { type Caller, createCaller, type NotTried } from './call.ts'
import type { Answer, ZaloClient } from './client.ts'
import { failureCode } from './errors.ts'
import { createOutcomes } from './outcome.ts'
import { pictureUrl, preparePicture, withPicture } from './pictures.ts'
import type { Media, Pin, SendPath } from './ports.ts'
import { renderZaloOa, type ZaloOaCall } from './render.ts'
import type { Tokens } from './tokens.ts'

const BUSINESS: SendPath = 'v3.0/oa/message/cs'
const STATE_AGENCY: SendPath = 'v2.0/oa/message'
/** "This type of account may not": the other path is the right one, and nothing was sent. */
const WRONG_OA_TYPE = -235
/** v2 is closed for business accounts. */
const V2_CLOSED = -240
const ATTACHMENT_EXPIRED = -100
const MEDIA_FAILED: NotTried = {
  kind: 'not_tried',
  code: failureCode('media_failed'),
  afterMs: 5_000,
}

type Options = {
  oaId: string
  client: Pick<ZaloClient, 'post' | 'upload'>
  tokens: Tokens
  pin: Pin
  /** Absent: pictures go by their address. */
  media?: Media
  now: () => Date
  /** Told when an operator has to act; a code, never a token or an id. */
  onProblem?: (code: string) => void
}

/**
 * Sends rendered calls to one Official Account's followers. A wrong path, an old token and a forgotten picture are put
 * right within the same send, because Zalo did nothing; a silence is `unknown` and never tried by another path.
 * A closed window is `rejected` with the code `WINDOW_CLOSED`.
 */
export function createZaloOaSender(options: Options): Sender<ZaloOaCall> {
  const { client, now } = options
  const paths = createPaths(options)
  const outcomeOf = createOutcomes(options)

  async function deliver(call: Caller, body: unknown): Promise<Answer | NotTried> {
    const post = (path: SendPath) =>
      call((token, timeoutMs) => client.post(path, token, body, timeoutMs))
    const path = await paths.current()
    const answer = await post(path)
    if (answer.kind !== 'error') return answer
    const other = otherPath(path, answer.error)
    if (other === undefined) return answer
    const second = await post(other)
    if (second.kind === 'ok') await paths.keep(other)
    return second
  }

  async function sendPicture(call: Caller, rendered: ZaloOaCall, url: string, media: Media) {
    const picture = await preparePicture(url, media, client, call).catch(() => MEDIA_FAILED)
    if ('kind' in picture) return picture
    return deliver(call, withPicture(rendered, picture))
  }

  async function send(rendered: ZaloOaCall): Promise<Answer | NotTried> {
    const call = createCaller(options.tokens, now)
    const url = pictureUrl(rendered)
    const { media } = options
    if (url === undefined || media === undefined) return deliver(call, rendered)
    const answer = await sendPicture(call, rendered, url, media)
    if (answer.kind !== 'error' || answer.error !== ATTACHMENT_EXPIRED) return answer
    await media.forgetAttachment(url).catch(() => {})
    return sendPicture(call, rendered, url, media)
  }

  return {
    channel: 'zalo-oa',
    render: renderZaloOa,
    send: async (rendered) => outcomeOf(await send(rendered)),
  }
}

function otherPath(path: SendPath, error: number): SendPath | undefined {
  if (path === BUSINESS) return error === WRONG_OA_TYPE ? STATE_AGENCY : undefined
  return error === WRONG_OA_TYPE || error === V2_CLOSED ? BUSINESS : undefined
}

/** The path that worked last; a pin that cannot be read or written costs one refused request more. */
function createPaths({ oaId, pin }: Pick<Options, 'oaId' | 'pin'>) {
  let known: SendPath | undefined
  return {
    current: async (): Promise<SendPath> => {
      if (known !== undefined) return known
      try {
        known = (await pin.find(oaId)) ?? BUSINESS
        return known
      } catch {
        return BUSINESS
      }
    },
    keep: async (path: SendPath): Promise<void> => {
      known = path
      await pin.save(oaId, path).catch(() => {})
    },
  }
}
