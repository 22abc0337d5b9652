import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../shared/i18n.ts'
import { Icon } from '../ui/icons.tsx'
import { chatClient } from './use-chat.ts'
import { choosePictures, sendFiles } from './wants.tsx'

/** Longer words are cut by no channel of ours, but a person who writes more wants a form. */
const MAX_LENGTH = 4_000

const picturesOf = (data: DataTransfer | null) =>
  [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'))

/** Where the person writes: Enter sends (not while an input method composes), Shift+Enter starts a line. */
export function Composer() {
  const [text, setText] = useState('')
  const ref = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const box = ref.current
    if (box === null) return
    box.style.height = 'auto'
    box.style.height = `${box.scrollHeight + 4}px`
  }, [text])
  const send = () => {
    const words = text.normalize('NFC').trim()
    if (words === '') return
    chatClient().say({ kind: 'text', text: words })
    setText('')
    ref.current?.focus()
  }
  return (
    <form
      class="chat-composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <button
        type="button"
        class="icon-button chat-attach"
        aria-label={t('webchat:photo.choose')}
        onClick={() => void choosePictures('library')}
      >
        <Icon name="photo" />
      </button>
      <label class="visually-hidden" for="chat-text">
        {t('webchat:composer.label')}
      </label>
      <textarea
        id="chat-text"
        ref={ref}
        class="input"
        rows={1}
        value={text}
        maxLength={MAX_LENGTH}
        enterkeyhint="send"
        autocomplete="off"
        placeholder={t('webchat:composer.placeholder')}
        onInput={(event) => setText(event.currentTarget.value)}
        onPaste={(event) => {
          const files = picturesOf(event.clipboardData)
          if (files.length === 0) return
          event.preventDefault()
          void sendFiles(files)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          send()
        }}
      />
      <button type="submit" class="chat-send" aria-label={t('webchat:send')}>
        <Icon name="send" />
      </button>
    </form>
  )
}
