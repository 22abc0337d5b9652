import type { ComponentChild } from 'preact'
import { useState } from 'preact/hooks'
import { ApiProblem } from '../shared/api.ts'
import { t } from '../shared/i18n.ts'
import { Check } from '../ui/field.tsx'
import { type ConsentPurpose, getConsent } from './delivery-calls.ts'

type Consent = Awaited<ReturnType<typeof getConsent>>
type Agreed = { consentVersion?: number }
type Consented = {
  isBusy: boolean
  problem: unknown
  /** The text stands there and nobody has agreed to it yet. */
  isWaiting: boolean
  /** The text with its box, to stand before the button; undefined where none is needed. */
  ask: ComponentChild
  run: <T>(work: (agreed: Agreed) => Promise<T>) => Promise<T | undefined>
}

/** Work for which people agree to a text: it is shown when the server says that no consent holds. */
export function useConsented(purpose: ConsentPurpose = 'notify'): Consented {
  const [consent, setConsent] = useState<Consent>()
  const [agrees, setAgrees] = useState(false)
  const [{ isBusy, problem }, setState] = useState<{ isBusy: boolean; problem?: unknown }>({
    isBusy: false,
  })
  const run = async <T,>(work: (agreed: Agreed) => Promise<T>): Promise<T | undefined> => {
    setState({ isBusy: true })
    try {
      const done = await work(consent && agrees ? { consentVersion: consent.version } : {})
      setConsent(undefined)
      setState({ isBusy: false })
      return done
    } catch (reason) {
      const isConsent = reason instanceof ApiProblem && reason.code.startsWith('identity.consent_')
      const text = isConsent ? await getConsent(purpose).catch(() => undefined) : undefined
      setConsent(text)
      setState({ isBusy: false, ...(text === undefined ? { problem: reason } : {}) })
      return undefined
    }
  }
  const ask = consent && (
    <>
      <p class="own-words">{consent.body}</p>
      <Check label={t('miniapp:consent.agree')} isOn={agrees} onChange={setAgrees} />
    </>
  )
  return { isBusy, problem, run, ask, isWaiting: consent !== undefined && !agrees }
}
