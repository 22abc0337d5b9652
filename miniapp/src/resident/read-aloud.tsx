import { useEffect, useState } from 'preact/hooks'
import { t } from '../shared/i18n.ts'
import { Button } from '../ui/button.tsx'

/** Reads a text with the device's own voice, in the language of the page; a device without one has no button. */
export function ReadAloud({ text }: { text: string }) {
  const [isOn, setOn] = useState(false)
  const isAble = 'speechSynthesis' in globalThis
  // Another text, or another page: what was being read is over.
  useEffect(() => () => (isAble ? speechSynthesis.cancel() : undefined), [text])
  if (!isAble) return null
  const stop = () => {
    speechSynthesis.cancel()
    setOn(false)
  }
  const start = () => {
    const speech = new SpeechSynthesisUtterance(text)
    speech.lang = document.documentElement.lang === 'en' ? 'en-GB' : 'vi-VN'
    speech.onend = () => setOn(false)
    speechSynthesis.cancel()
    speechSynthesis.speak(speech)
    setOn(true)
  }
  return (
    <Button look="secondary" onClick={isOn ? stop : start}>
      {isOn ? t('screens:alert.stop_reading') : t('screens:alert.read')}
    </Button>
  )
}
