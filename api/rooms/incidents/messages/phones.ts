import { HOTLINES } from '../../areas/index.ts'

/** Numbers that sentences name. */
export type Phones = Record<'rescue' | 'police' | 'fire' | 'ambulance' | 'hotline', string>

type Line = { code: string; phone: string }

const SHIPPED: readonly Line[] = HOTLINES

/** The installation's own numbers; one that it does not list is the country's or the city's. */
export function phonesOf(lines: readonly Line[]): Phones {
  const phone = (code: string): string =>
    [...lines, ...SHIPPED].find((line) => line.code === code)?.phone ?? ''
  return {
    rescue: phone('rescue-112'),
    police: phone('police-113'),
    fire: phone('fire-114'),
    ambulance: phone('ambulance-115'),
    hotline: phone('hue-s'),
  }
}

/** For a flow, which may not look anything up. */
export const SHIPPED_PHONES: Phones = phonesOf([])
