import { useEffect, useState } from 'preact/hooks'
import { t } from '../shared/i18n.ts'
import { readJson, writeJson } from '../shared/storage.ts'
import { Icon } from '../ui/icons.tsx'
import { type Hotline, listHotlines } from './calls.ts'

const KEY = 'loa.hotlines'
/** Longer numbers are call centres: they get a row, not a square. */
const SHORT_NUMBER = 3

const isList = (value: unknown): value is Hotline[] =>
  Array.isArray(value) && value.every((line) => typeof line?.phone === 'string')

/** The commune's numbers, kept on the device: they must be there when the network is not. */
export function useHotlines(): Hotline[] {
  const [hotlines, setHotlines] = useState(() => readJson(KEY, isList) ?? [])
  useEffect(() => {
    listHotlines().then(
      (fresh) => {
        writeJson(KEY, fresh)
        setHotlines(fresh)
      },
      () => undefined,
    )
  }, [])
  return hotlines
}

const CALL_CENTRE = { code: 'hue-s', phone: '19001075' }

/** The line for everything else, as the commune keeps it; the city's while the list has not come yet. */
export const useCallCentre = (): string =>
  (useHotlines().find(({ code }) => code === CALL_CENTRE.code) ?? CALL_CENTRE).phone

function CallLink({ line }: { line: Hotline }) {
  const isShort = line.phone.length <= SHORT_NUMBER
  return (
    <li class={isShort ? '' : 'wide'}>
      <a class="call" href={`tel:${line.phone}`}>
        <span class="call-number">
          {!isShort && <Icon name="phone" />}
          {line.phone}
        </span>
        <span class="call-name">{line.name}</span>
      </a>
    </li>
  )
}

/** Danger first: numbers to press, and what a message is not. */
export function EmergencyStrip() {
  const hotlines = useHotlines()
  const unconfirmed = hotlines.filter((line) => !line.confirmed).map((line) => line.phone)
  if (hotlines.length === 0) return null
  return (
    <section class="emergency stack" aria-labelledby="emergency">
      <h2 id="emergency">{t('miniapp:emergency.title')}</h2>
      <ul class="calls">
        {hotlines.map((line) => (
          <CallLink key={line.code} line={line} />
        ))}
      </ul>
      <p class="small">
        {t('miniapp:emergency.text')}{' '}
        {unconfirmed.length > 0 &&
          t('miniapp:emergency.unconfirmed', { phones: unconfirmed.join(', ') })}
      </p>
    </section>
  )
}
