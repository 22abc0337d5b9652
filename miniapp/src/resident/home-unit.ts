import { useEffect, useState } from 'preact/hooks'
import { readText, writeText } from '../shared/storage.ts'
import { listUnits } from './calls.ts'

const DEFAULT_UNIT = '19867'

/** The commune that these pages belong to, from `<meta name="loa-unit">`. */
export const homeUnitCode = (): string =>
  document.querySelector('meta[name="loa-unit"]')?.getAttribute('content') || DEFAULT_UNIT

/** The commune's name, kept on the device after the first answer; undefined until then. */
export function useHomeUnitName(): string | undefined {
  const code = homeUnitCode()
  const key = `loa.unit.${code}`
  const [name, setName] = useState(readText(key))
  useEffect(() => {
    if (name !== undefined) return
    listUnits().then(
      (units) => {
        const unit = units.find((u) => u.code === code)
        if (unit === undefined) return
        // "xã Quảng Điền" inside a sentence; kinds are part of a name and are not translated.
        const text = unit.fullName.charAt(0).toLowerCase() + unit.fullName.slice(1)
        writeText(key, text)
        setName(text)
      },
      () => undefined,
    )
  }, [code, key, name])
  return name
}
