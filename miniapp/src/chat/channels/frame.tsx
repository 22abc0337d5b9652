import { useState } from 'preact/hooks'
import type { Message } from '../../../../api/chat/message.ts'
import type { LocaleKey } from '../../../../locales/index.ts'
import { mediaUrl } from '../../shared/api.ts'
import { hasWords, t } from '../../shared/i18n.ts'
import { Choices, MessageParts } from '../message-view.tsx'
import { type FrameBubble, type FrameButton, readCalls, webMessage } from './read-calls.ts'
import type { Run } from './rich-text.ts'

/** One channel of `POST /chat/preview`. */
export type Preview = {
  channel: string
  calls: readonly unknown[]
  dropped: readonly string[]
}

type Choose = (id: string, label: string) => void

const channelName = (channel: string): string => {
  const key = `webchat:channel.${channel}` as LocaleKey
  return hasWords(key) ? t(key) : channel
}

/** Names of dropped things are codes; one that is newer than this page shows itself. */
const droppedName = (what: string): string => {
  const key = `webchat:dropped.${what}` as LocaleKey
  return hasWords(key) ? t(key) : what
}

function Words({ runs }: { runs: readonly Run[] }) {
  return (
    <p class="sim-words">
      {runs.map((run, i) => {
        if (run.href !== undefined)
          return (
            <a key={i} href={run.href} target="_blank" rel="noopener noreferrer">
              {run.text}
            </a>
          )
        if (run.isBold) return <b key={i}>{run.text}</b>
        if (run.isItalic) return <i key={i}>{run.text}</i>
        return run.isCode ? <code key={i}>{run.text}</code> : run.text
      })}
    </p>
  )
}

function ButtonView({ button, onChoose }: { button: FrameButton; onChoose: Choose }) {
  if (button.kind === 'link')
    return (
      <a class="sim-button" href={button.url} target="_blank" rel="noopener noreferrer">
        {button.label}
      </a>
    )
  if (button.kind === 'native')
    return (
      <span class="sim-button native" title={t('webchat:sim.native')}>
        {button.label}
      </span>
    )
  const { choiceId, label } = button
  return (
    <button type="button" class="sim-button" onClick={() => onChoose(choiceId, label)}>
      {label}
    </button>
  )
}

/** Calls carry the public address of a picture; this page may only load its own, by media id. */
const localPicture = (url: string, messages: readonly Message[]): string => {
  for (const part of messages.flatMap((message) => message.parts))
    if (part.kind === 'image' && part.url === url) return mediaUrl(part.mediaId, 'thumb')
  return ''
}

type BubbleProps = { bubble: FrameBubble; messages: readonly Message[]; onChoose: Choose }

function Bubble({ bubble, messages, onChoose }: BubbleProps) {
  const picture = bubble.imageUrl === undefined ? '' : localPicture(bubble.imageUrl, messages)
  const hasWordsInside = bubble.runs.some((run) => run.text !== '')
  return (
    <li>
      <div class="sim-bubble">
        {picture !== '' && <img src={picture} alt={t('webchat:sim.picture')} />}
        {hasWordsInside && <Words runs={bubble.runs} />}
      </div>
      {bubble.rows.map((row, i) => (
        <div class="sim-row" key={i}>
          {row.map((button, j) => (
            <ButtonView key={j} button={button} onChoose={onChoose} />
          ))}
        </div>
      ))}
    </li>
  )
}

type FrameProps = { preview: Preview; messages: readonly Message[]; onChoose: Choose }
type ScreenProps = { name: string } & FrameProps

function WebEntries({ preview, onChoose }: FrameProps) {
  return (
    <ol class="sim-entries">
      {preview.calls.map((call, i) => {
        const message = webMessage(call) as Message | undefined
        if (message?.parts === undefined) return null
        return (
          <li key={i}>
            <div class="sim-bubble">
              <MessageParts message={message} />
            </div>
            <Choices message={message} onChoose={onChoose} />
          </li>
        )
      })}
    </ol>
  )
}

function Screen({ name, preview, messages, onChoose }: ScreenProps) {
  const bubbles = readCalls(preview.channel, preview.calls)
  const keyboard = bubbles.flatMap((bubble) => bubble.keyboard)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section class="sim-screen" tabIndex={0} aria-label={t('webchat:sim.screenOf', { name })}>
        {preview.channel === 'web' ? (
          <WebEntries preview={preview} messages={messages} onChoose={onChoose} />
        ) : (
          <ol class="sim-entries">
            {bubbles.map((bubble, i) => (
              <Bubble key={i} bubble={bubble} messages={messages} onChoose={onChoose} />
            ))}
          </ol>
        )}
      </section>
      {keyboard.length > 0 && (
        <div class="sim-keyboard">
          {keyboard.map((button, i) => (
            <ButtonView key={i} button={button} onChoose={onChoose} />
          ))}
        </div>
      )}
    </>
  )
}

function RawCalls({ calls, name }: { calls: readonly unknown[]; name: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section class="sim-raw" tabIndex={0} aria-label={t('webchat:sim.rawOf', { name })}>
      <pre>{JSON.stringify(calls, null, 2)}</pre>
    </section>
  )
}

/** A phone with one channel on it; below it what the channel cannot show, and the calls as they are. */
export function ChannelFrame({ preview, messages, onChoose }: FrameProps) {
  const [isRaw, setRaw] = useState(false)
  const name = channelName(preview.channel)
  const dropped = [...new Set(preview.dropped)].map(droppedName)
  return (
    <li class={`sim-frame ${preview.channel}`}>
      <div class="sim-phone">
        <div class="sim-head">
          <h3>{name}</h3>
        </div>
        {isRaw ? (
          <RawCalls calls={preview.calls} name={name} />
        ) : (
          <Screen name={name} preview={preview} messages={messages} onChoose={onChoose} />
        )}
      </div>
      <div class="sim-foot">
        <p class="small">
          {dropped.length === 0
            ? t('webchat:sim.whole')
            : t('webchat:sim.dropped', { what: dropped.join(', ') })}
        </p>
        <button
          type="button"
          class="sim-toggle"
          aria-pressed={isRaw}
          onClick={() => setRaw((was) => !was)}
        >
          {isRaw ? t('webchat:sim.screen') : t('webchat:sim.raw')}
        </button>
      </div>
    </li>
  )
}
