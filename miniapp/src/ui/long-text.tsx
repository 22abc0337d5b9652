import { useState } from 'preact/hooks'
import { t } from '../shared/i18n.ts'
import { Button } from './button.tsx'

/** About a phone screen of words; what stands below a longer text would never be found. */
const SHOWN = 500
/** Not worth a button. */
const SLACK = 150

/** The beginning of a text up to a space near `SHOWN` signs; all of it when little is left. */
export function beginning(text: string): string {
  if (text.length <= SHOWN + SLACK) return text
  const cut = text.lastIndexOf(' ', SHOWN)
  return `${text.slice(0, cut > 0 ? cut : SHOWN).trimEnd()}…`
}

/** Somebody's own words, the rest of a long text behind a button. */
export function LongText({ text, look }: { text: string; look: string }) {
  const [isWhole, setWhole] = useState(false)
  const start = beginning(text)
  return (
    <>
      <p class={look}>{isWhole ? text : start}</p>
      {!isWhole && start !== text && (
        <div>
          <Button look="quiet" onClick={() => setWhole(true)}>
            {t('miniapp:text.all')}
          </Button>
        </div>
      )}
    </>
  )
}
