import type { Sender, SendOutcome } from '../../api/chat/sender.ts'
import { truncate } from '../../api/core/text.ts'
import { type Caller, createCaller, type NotTried } from './call.ts'
import type { Answer, ZaloClient } from './client.ts'
import { failureCode, WINDOW_CLOSED } from './errors.ts'
import { createOutcomes } from './outcome.ts'
import { pictureUrl, preparePicture, withPicture } from './pictures.ts'
import type { Media, Pin, SendPath } from './ports.ts'
import { renderZaloOa, type ZaloOaCall } from './render.ts'
import { createTemplateSender } from './template.ts'
import type { Tokens } from './tokens.ts'

const BUSINESS: SendPath = 'v3.0/oa/message/cs'
const STATE_AGENCY: SendPath = 'v2.0/oa/message'
/** "This type of account may not": the other path is the right one, and nothing was sent. */
const WRONG_OA_TYPE = -235
/** v2 is closed for business accounts. */
const V2_CLOSED = -240
const ATTACHMENT_EXPIRED = -100
/** Ours: the gap of a template takes a sentence. */
const TEMPLATE_TEXT_MAX = 200
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
  /** An approved template with the gaps `ma_phan_anh` and `noi_dung`; absent: nothing goes out after the window. */
  templateId?: string
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

  const sendTemplate = createTemplateSender(options)
  /** After the window a step of a case goes as a template; what has none, or is refused, ends as before. */
  async function afterWindow({ brief, recipient }: ZaloOaCall): Promise<SendOutcome | undefined> {
    const { templateId } = options
    if (templateId === undefined || brief === undefined) return undefined
    const data = { ma_phan_anh: brief.code, noi_dung: truncate(brief.text, TEMPLATE_TEXT_MAX) }
    const outcome = await sendTemplate({ chatKey: recipient.user_id, templateId, data })
    if (outcome.kind === 'rejected') return undefined
    return outcome.kind === 'sent' ? { kind: 'sent', isWhole: true } : outcome
  }

  return {
    channel: 'zalo-oa',
    render: renderZaloOa,
    send: async (rendered) => {
      const { brief: _, ...body } = rendered
      const outcome = outcomeOf(await send(body))
      const isOver = outcome.kind === 'rejected' && outcome.code === WINDOW_CLOSED
      return (isOver ? await afterWindow(rendered) : undefined) ?? outcome
    },
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
