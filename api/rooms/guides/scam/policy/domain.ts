import { BRANDS, OFFICIAL_DOMAINS, SHORTENERS } from './official.ts'
import type { Subject } from './subjects.ts'

type Domain = Extract<Subject, { kind: 'domain' }>
export type DomainReason =
  | 'foreign_letters'
  | 'ip_address'
  | 'short_link'
  | 'app_file'
  | 'look_alike'

export const isWithin = (host: string, domain: string): boolean =>
  host === domain || host.endsWith(`.${domain}`)

/**
 * Plain letters only: an address in another script, in its `xn--` form, or behind an `@`, is never official whatever it
 * looks like.
 */
export const isPlain = ({ subject, raw }: Pick<Domain, 'subject' | 'raw'>): boolean =>
  /^[a-z0-9.-]+$/.test(subject) &&
  !/(?:^|\.)xn--/.test(subject) &&
  /^[\x21-\x3f\x41-\x7e]*$/.test(raw)

/** Of the state (`.gov.vn` is given to its bodies alone) or on a kept list. */
export const isOfficialDomain = (domain: Domain, kept: readonly string[] = []): boolean =>
  isPlain(domain) &&
  ['gov.vn', ...OFFICIAL_DOMAINS, ...kept].some((one) => isWithin(domain.subject, one))

/** Why an address that is not official is suspicious; undefined: nothing is known against it. */
export function suspect(domain: Domain): DomainReason | undefined {
  const { subject, path } = domain
  if (domain.raw.includes('@')) return 'look_alike'
  if (!isPlain(domain)) return 'foreign_letters'
  if (/^[\d.]+$/.test(subject)) return 'ip_address'
  if (SHORTENERS.some((one) => isWithin(subject, one))) return 'short_link'
  if (looksOfficial(subject)) return 'look_alike'
  return /\.apk$/i.test(path) ? 'app_file' : undefined
}

/** Digits and pairs that stand for letters: `d1chvuc0ng`, `vietcornbank`. */
const skeleton = (label: string): string =>
  label
    .replaceAll('0', 'o')
    .replaceAll('1', 'i')
    .replaceAll('3', 'e')
    .replaceAll('5', 's')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')

/** Names this short stand in other words too: they count at the beginning of a part, the commonest as a whole part. */
const SHORT_NAME = 6
const WHOLE_ONLY: readonly string[] = ['evn', 'hues']

function looksOfficial(host: string): boolean {
  const labels = host.split('.').slice(0, -1)
  const parts = labels.flatMap((label) => [label, ...label.split('-')])
  if (parts.some((part) => /^gov(?:vn)?$|^vngov$/.test(part)) || /gov-?vn/.test(host)) return true
  const joined = [...labels.map((label) => label.replaceAll('-', '')), ...parts].flatMap((part) => [
    part,
    skeleton(part),
  ])
  return BRANDS.some((brand) =>
    joined.some((part) =>
      brand.length < SHORT_NAME
        ? part === brand || (!WHOLE_ONLY.includes(brand) && part.startsWith(brand))
        : part.includes(skeleton(brand)) || part.includes(brand) || isOneSlip(part, brand),
    ),
  )
}

/** Whether one letter was changed, added, left out, or swapped with its neighbour. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let i = 0
  while (i < a.length && i < b.length && a[i] === b[i]) i++
  const [restA, restB] = [a.slice(i), b.slice(i)]
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  )
}
