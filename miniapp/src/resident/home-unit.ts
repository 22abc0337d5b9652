import { useEffect, useState } from 'preact/hooks'
import { readText, writeText } from '../shared/storage.ts'
import { listUnits } from './calls.ts'

const DEFAULT_UNIT = '19867'

/** The commune that these pages belong to, from `<meta name="loa-unit">`. */
export const homeUnitCode = (): string =>
  document.querySelector('meta[name="loa-unit"]')?.getAttribute('content') || DEFAULT_UNIT

/** "xã Quảng Điền": kinds are part of a name and are not translated. */
export const unitName = (unit: { kind: string; name: string }): string => {
  if (unit.kind === 'xa') return `xã ${unit.name}`
  return unit.kind === 'phuong' ? `phường ${unit.name}` : unit.name
}

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
        writeText(key, unitName(unit))
        setName(unitName(unit))
      },
      () => undefined,
    )
  }, [code, key, name])
  return name
}
