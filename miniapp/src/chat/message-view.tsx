import { useState } from 'preact/hooks'
import type { Message, Part } from '../../../api/chat/message.ts'
import { mediaUrl } from '../shared/api.ts'
import { t } from '../shared/i18n.ts'
import { Icon } from '../ui/icons.tsx'
import { Sheet } from '../ui/sheet.tsx'

/** A link opens a web page or a phone call; anything else is shown as words. */
const isOpenable = (url: string) => /^(https?:|tel:|mailto:)/i.test(url)

function Picture({ mediaId, alt }: { mediaId: string; alt: string }) {
  const [isOpen, setOpen] = useState(false)
  const [isBroken, setBroken] = useState(false)
  if (isBroken)
    return (
      <p class="chat-picture-broken">
        <Icon name="photo" /> {t('webchat:image.missing')}
      </p>
    )
  return (
    <>
      <button
        type="button"
        class="chat-picture"
        aria-label={t('webchat:image.open', { alt })}
        onClick={() => setOpen(true)}
      >
        <img src={mediaUrl(mediaId)} alt={alt} onError={() => setBroken(true)} />
      </button>
      {isOpen && (
        <Sheet title={alt} closeLabel={t('webchat:close')} onClose={() => setOpen(false)} isPicture>
          <img class="sheet-picture" src={mediaUrl(mediaId)} alt={alt} />
        </Sheet>
      )}
    </>
  )
}

function PartView({ part }: { part: Part }) {
  switch (part.kind) {
    case 'text':
      return <p class="chat-text">{part.text}</p>
    case 'fields':
      return (
        <table class="chat-fields">
          <caption>{part.title}</caption>
          <tbody>
            {part.rows.map((row, i) => (
              <tr key={i}>
                <th scope="row">{row.label}</th>
                <td>{row.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )
    case 'image':
      return <Picture mediaId={part.mediaId} alt={part.alt} />
    case 'link':
      return isOpenable(part.url) ? (
        <a class="button secondary" href={part.url} target="_blank" rel="noopener noreferrer">
          {part.label}
        </a>
      ) : (
        <p class="chat-text">
          {part.label}: {part.url}
        </p>
      )
  }
}

/** The mark of demonstration data that opens an answer; the page's own banner says it large. */
const isBanner = (part: Part) => part.kind === 'text' && part.text === t('miniapp:demo.banner')

/** The parts of one message of Loa; all text is plain. */
export function MessageParts({ message }: { message: Message }) {
  return (
    <>
      {message.parts.map((part, i) =>
        isBanner(part) ? (
          <p key={i} class="chat-banner">
            {t('miniapp:demo.banner')}
          </p>
        ) : (
          <PartView key={i} part={part} />
        ),
      )}
    </>
  )
}

/** So many short buttons stand two in a row, so that a list of hamlets fits a phone. */
const MANY = 5
const SHORT_LABEL = 20

type ChoicesProps = { message: Message; onChoose: (id: string, label: string) => void }

/** Buttons with the number that may be typed instead. */
export function Choices({ message, onChoose }: ChoicesProps) {
  const choices = message.choices ?? []
  if (choices.length === 0) return null
  const isMany = choices.length >= MANY && choices.every(({ label }) => label.length <= SHORT_LABEL)
  return (
    <ol
      class={isMany ? 'chat-choices many' : 'chat-choices'}
      aria-label={t('webchat:choices.label')}
    >
      {choices.map((choice, i) => (
        <li key={choice.id}>
          <button
            type="button"
            class="chat-choice"
            data-choice={choice.id}
            onClick={() => onChoose(choice.id, choice.label)}
          >
            <span class="chat-choice-number">{i + 1}.</span> {choice.label}
          </button>
        </li>
      ))}
    </ol>
  )
}
