import './channel-frame.css'
import type { Message } from '../../../api/chat/message.ts'
import type { Preview } from '../chat/channels/frame.tsx'
import { readCalls, webMessage } from '../chat/channels/read-calls.ts'
import { t } from '../shared/i18n.ts'
import { wordsOr } from './words.ts'

type Bubble = { words: string; hasPicture: boolean; buttons: readonly string[] }

/** What a channel's calls show, one bubble each; the web chat has the message itself. */
function bubblesOf({ channel, calls }: Preview): Bubble[] {
  if (channel !== 'web')
    return readCalls(channel, calls).map(({ runs, imageUrl, rows }) => ({
      words: runs.map((run) => run.text).join(''),
      hasPicture: imageUrl !== undefined,
      buttons: rows.flat().map((button) => button.label),
    }))
  return calls.flatMap((call) => {
    const message = webMessage(call) as Message | undefined
    if (message?.parts === undefined) return []
    const words = message.parts.flatMap((part) => (part.kind === 'text' ? part.text : []))
    return [
      {
        words: words.join('\n\n'),
        hasPicture: message.parts.some((part) => part.kind === 'image'),
        buttons: (message.choices ?? []).map((choice) => choice.label),
      },
    ]
  })
}

/** One message as a channel shows it. */
export function ChannelFrame({ frame, hasSize }: { frame: Preview; hasSize?: boolean }) {
  const bubbles = bubblesOf(frame)
  return (
    <li>
      <h4>{wordsOr(`console:chats.channel.${frame.channel}`, frame.channel)}</h4>
      {hasSize && (
        <p class="muted small">
          {t('console:preview.size', {
            count: bubbles.length,
            letters: [...bubbles.map(({ words }) => words).join('')].length,
          })}
        </p>
      )}
      {bubbles.map(({ words, hasPicture, buttons }, i) => (
        <div key={i} class="desk-bubble">
          {hasPicture && <p class="muted small">{t('console:preview.picture')}</p>}
          {words !== '' && <p class="desk-words">{words}</p>}
          {buttons.length > 0 && (
            <p class="desk-bubble-buttons">
              {buttons.map((label) => (
                <span key={label} class="badge">
                  {label}
                </span>
              ))}
            </p>
          )}
        </div>
      ))}
    </li>
  )
}
