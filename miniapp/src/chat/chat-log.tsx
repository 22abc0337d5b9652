import { useEffect, useRef, useState } from 'preact/hooks'
import { formatDateTime } from '../../../api/core/time.ts'
import { t } from '../shared/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import type { ChatState } from './client.ts'
import { type ChatLog, isLive, type Own, type OwnBody, type Said } from './log.ts'
import { Choices, MessageParts } from './message-view.tsx'
import { chatClient } from './use-chat.ts'
import { WantControl } from './wants.tsx'

const degrees = (value: number) => value.toFixed(5)

function OwnContent({ body }: { body: OwnBody }) {
  switch (body.kind) {
    case 'start':
      return null
    case 'text':
      return <p class="chat-text">{body.text}</p>
    case 'choice':
      return <p class="chat-text">{body.label}</p>
    case 'location':
      return (
        <p class="chat-text chat-place">
          <Icon name="place" />
          {t('webchat:location.sent', { lat: degrees(body.lat), lng: degrees(body.lng) })}
        </p>
      )
    case 'photos':
      return (
        <ul
          class="chat-own-photos"
          aria-label={t('webchat:photo.sent', { count: body.thumbs.length })}
        >
          {body.thumbs.map((thumb, i) => (
            <li key={i}>{thumb === '' ? <Icon name="photo" /> : <img src={thumb} alt="" />}</li>
          ))}
        </ul>
      )
  }
}

/** What became of an own message: nothing to say when all is well. */
function Fate({ own }: { own: Own }) {
  if (own.state === 'sent') return null
  if (own.state === 'sending' || own.trouble === undefined)
    return <p class="chat-fate muted">{t('webchat:state.sending')}</p>
  return (
    <div class="chat-fate trouble">
      <p>
        <Icon name={own.state === 'refused' ? 'warning' : 'offline'} /> {own.trouble.text}
      </p>
      {own.trouble.supportCode && (
        <p>{t('webchat:state.support', { code: own.trouble.supportCode })}</p>
      )}
      {own.state === 'queued' && (
        <Button look="quiet" onClick={() => chatClient().retry()}>
          {t('webchat:retry')}
        </Button>
      )}
    </div>
  )
}

function OwnBubble({ own }: { own: Own }) {
  return (
    <li class={`chat-entry own ${own.state}`} tabIndex={-1}>
      <div class="chat-bubble">
        <span class="visually-hidden">{t('webchat:you')}: </span>
        <OwnContent body={own.body} />
      </div>
      <Fate own={own} />
    </li>
  )
}

function SaidBubble({ said, live }: { said: Said; live: boolean }) {
  return (
    <li class="chat-entry said" tabIndex={-1}>
      <div class="chat-bubble">
        <span class="visually-hidden">Loa: </span>
        <MessageParts message={said.message} />
        {said.at && <p class="chat-at">{formatDateTime(new Date(said.at))}</p>}
      </div>
      {live && (
        <Choices
          message={said.message}
          onChoose={(id, label) => chatClient().say({ kind: 'choice', id, label })}
        />
      )}
      {live && <WantControl want={said.message.want} />}
    </li>
  )
}

const NEAR_PX = 120
const MARGIN_PX = 8

/** Where the newest begins: a long answer is read from its first line, with the own words above it still seen. */
function startOfNewest(box: HTMLElement): number {
  const entries = [...box.querySelectorAll<HTMLElement>('.chat-entry')]
  const own = entries.findLastIndex((entry) => entry.classList.contains('own'))
  const first = entries[Math.max(0, own)]
  if (first === undefined || own === entries.length - 1) return box.scrollHeight
  return first.offsetTop - MARGIN_PX
}

/** Keeps the newest in sight while the reader is near the end; otherwise offers the way down. */
function useFollow(log: ChatLog) {
  const ref = useRef<HTMLDivElement>(null)
  const [isAway, setAway] = useState(false)
  const isNear = useRef(true)
  const down = () => {
    const box = ref.current
    if (box) box.scrollTop = Math.min(box.scrollHeight, startOfNewest(box))
  }
  const lastOwn = log.entries.findLast((entry) => entry.kind === 'own')?.id
  useEffect(() => {
    isNear.current = true
    down()
    // A pressed choice is gone: whoever goes by keyboard stands at the own words, the answer's buttons come next.
    if (lastOwn !== undefined && document.activeElement === document.body)
      [...(ref.current?.querySelectorAll<HTMLElement>('.chat-entry.own') ?? [])]
        .at(-1)
        ?.focus({ preventScroll: true })
  }, [lastOwn])
  useEffect(() => {
    if (isNear.current) down()
    else setAway(true)
  }, [log.entries.length])
  useEffect(() => {
    const box = ref.current
    if (box === null) return
    const onScroll = () => {
      isNear.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX
      if (isNear.current) setAway(false)
    }
    // Pictures and the keyboard change heights after the entry is drawn.
    const grown = new ResizeObserver(() => {
      if (isNear.current) down()
    })
    box.addEventListener('scroll', onScroll, { passive: true })
    grown.observe(box)
    if (box.firstElementChild) grown.observe(box.firstElementChild)
    return () => {
      box.removeEventListener('scroll', onScroll)
      grown.disconnect()
    }
  }, [])
  return { ref, isAway, down }
}

/** The conversation, oldest first; new messages are read out by a screen reader. */
export function ChatLogView({ log, isAnswering, isFailing }: ChatState) {
  const { ref, isAway, down } = useFollow(log)
  return (
    <div class="chat-log-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <div class="chat-log" ref={ref} tabIndex={0} role="log" aria-label={t('webchat:log.label')}>
        <ol class="chat-entries">
          {log.entries.map((entry, i) => {
            if (entry.kind === 'said')
              return <SaidBubble key={`${entry.id}`} said={entry} live={isLive(log, i)} />
            return entry.isHidden && entry.state === 'sent' ? null : entry.isHidden ? (
              <HiddenFate key={entry.id} own={entry} />
            ) : (
              <OwnBubble key={entry.id} own={entry} />
            )
          })}
        </ol>
        {isAnswering && !isFailing && (
          <p class="chat-typing" role="status">
            <span class="visually-hidden">{t('webchat:answering')}</span>
            <i />
            <i />
            <i />
          </p>
        )}
      </div>
      {isAway && (
        <button type="button" class="chat-down" onClick={down}>
          {t('webchat:log.newer')}
        </button>
      )}
    </div>
  )
}

/** The greeting is not the person's own message; only its trouble is shown. */
function HiddenFate({ own }: { own: Own }) {
  if (own.state === 'sending' || own.trouble === undefined) return null
  return (
    <li class="chat-entry said">
      <Fate own={own} />
    </li>
  )
}
