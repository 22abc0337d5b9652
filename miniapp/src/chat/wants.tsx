import { useState } from 'preact/hooks'
import type { Want } from '../../../api/chat/message.ts'
import { platform } from '../platform/index.ts'
import { t } from '../shared/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import { thumbOf } from './thumb.ts'
import { chatClient } from './use-chat.ts'

/** One message carries at most so many pictures. */
const MAX_PICTURES = 5

/** Sends the files that a person chose; nothing when they chose none. */
export async function sendFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return
  const chosen = files.slice(0, MAX_PICTURES)
  const pictures = await Promise.all(
    chosen.map(async (file) => ({ file, thumb: await thumbOf(file) })),
  )
  chatClient().sendPictures(pictures)
}

export const choosePictures = async (source: 'camera' | 'library') =>
  sendFiles(await platform().photo(source, MAX_PICTURES))

function WantLocation() {
  const [trouble, setTrouble] = useState<'denied' | 'unavailable'>()
  const [isAsking, setAsking] = useState(false)
  const ask = async () => {
    setAsking(true)
    setTrouble(undefined)
    const answer = await platform().place()
    setAsking(false)
    if (answer.kind === 'found')
      chatClient().say({ kind: 'location', lat: answer.lat, lng: answer.lng })
    else setTrouble(answer.kind)
  }
  return (
    <div class="chat-want">
      <Button look="secondary" isBusy={isAsking} onClick={() => void ask()}>
        <Icon name="place" />
        {isAsking ? t('webchat:location.asking') : t('webchat:location.button')}
      </Button>
      <p class="small muted" role={trouble ? 'alert' : undefined}>
        {trouble ? t(`webchat:location.${trouble}`) : t('webchat:location.why')}
      </p>
    </div>
  )
}

function WantPhoto() {
  return (
    <div class="chat-want">
      <div class="button-row">
        <Button look="secondary" onClick={() => void choosePictures('camera')}>
          <Icon name="camera" /> {t('webchat:photo.take')}
        </Button>
        <Button look="secondary" onClick={() => void choosePictures('library')}>
          <Icon name="photo" /> {t('webchat:photo.choose')}
        </Button>
      </div>
      <p class="small muted">{t('webchat:photo.why')}</p>
    </div>
  )
}

/** The control that this page has for what a message asks for. A phone number is simply typed. */
export function WantControl({ want }: { want: Want | undefined }) {
  if (want === 'location') return <WantLocation />
  return want === 'photo' ? <WantPhoto /> : null
}
