import { useState } from 'preact/hooks'
import { platform } from '../platform/index.ts'
import { publicUrl } from '../shared/api.ts'
import { t } from '../shared/i18n.ts'
import { Button } from '../ui/button.tsx'
import { ReadAloud } from './read-aloud.tsx'

type Props = { path: string; title: string; shareText: string; readOut: string }

/** Ways to pass a message on: the device's voice, and the host's sharing. */
export function PassOn({ path, title, shareText, readOut }: Props) {
  const [said, setSaid] = useState('')
  const share = async () => {
    const outcome = await platform().share({ title, text: shareText, url: publicUrl(path) })
    setSaid(outcome === 'copied' ? t('miniapp:sent.copied') : '')
  }
  return (
    <div class="stack tight">
      <div class="button-row">
        <ReadAloud text={readOut} />
        <Button look="secondary" onClick={() => void share()}>
          {t('screens:alert.share')}
        </Button>
      </div>
      <p role="status">{said}</p>
    </div>
  )
}
