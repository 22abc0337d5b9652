import { useEffect, useState } from 'preact/hooks'
import { readText, writeText } from '../shared/storage.ts'
import { listUnits } from './calls.ts'

export type HomeUnit = { code: string; name: string }

const KEY = 'loa.home'

function readKept(): HomeUnit | undefined {
  const [code, name] = (readText(KEY) ?? '').split('|')
  return code && name ? { code, name } : undefined
}

/**
 * The commune that this installation belongs to, as the API says it; kept on the device, so that the next visit knows
 * it at once. Undefined until the first answer.
 */
export function useHomeUnit(): HomeUnit | undefined {
  const [home, setHome] = useState(readKept)
  useEffect(() => {
    listUnits().then(
      ({ home: code, units }) => {
        const unit = units.find((u) => u.code === code)
        if (unit === undefined) return
        // "xã Quảng Điền" inside a sentence; kinds are part of a name and are not translated.
        const name = unit.fullName.charAt(0).toLowerCase() + unit.fullName.slice(1)
        writeText(KEY, `${code}|${name}`)
        setHome((known) => (known?.code === code && known.name === name ? known : { code, name }))
      },
      () => undefined,
    )
  }, [])
  return home
}
