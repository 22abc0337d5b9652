import { fold } from '../../core/text.ts'

/** A unit or hamlet by name. `needsCue`: the name is also an everyday word. `code`: of the unit that stands today. */
export type NamedPlace = {
  name: string
  kind: 'unit' | 'former_unit' | 'hamlet'
  code?: string
  kindWords: readonly string[]
  needsCue: boolean
}

/** Places by folded name; the caller builds it once from what its database or tables hold. */
export type Gazetteer = ReadonlyMap<string, readonly NamedPlace[]>

export const NO_GAZETTEER: Gazetteer = new Map()

export function gazetteerOf(places: readonly NamedPlace[]): Gazetteer {
  const names = new Map<string, NamedPlace[]>()
  for (const place of places) {
    const key = fold(place.name).replace(/[^a-z0-9]+/g, ' ')
    names.set(key, [...(names.get(key) ?? []), place])
  }
  return names
}
