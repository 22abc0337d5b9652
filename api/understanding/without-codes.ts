import { scanDossierCodes } from '../core/dossier-code-scan.ts'
import { clean } from '../core/text.ts'
import { flat, type Span, without } from './extract/flat.ts'
import { findIncidentCodes } from './extract/incident-codes.ts'
import { findPhones } from './extract/phones.ts'

const MASK = '•••'
const LIKE_A_CODE =
  /(?<![a-z0-9])hue[\s.\-_:#]{0,3}(?=[a-z0-9.\-_ ]*\d)[a-z0-9]{3,4}[\s.\-_]{0,3}[a-z0-9]{3,4}/g

/** A text with codes of cases and dossiers, telephone numbers, and what looks like a code, masked; linear. */
export function withoutCodes(input: string): string {
  const text = clean(input)
  const all = flat(text)
  const codes = [...scanDossierCodes(all), ...findIncidentCodes(all)]
  const like = [...all.matchAll(LIKE_A_CODE)].map((m) => ({
    start: m.index,
    end: m.index + m[0].length,
  }))
  return masked(text, [...codes, ...findPhones(without(all, codes)), ...like])
}

/** A text with its telephone numbers masked, and those numbers ("0905123456"); linear. */
export function withoutPhones(input: string): { text: string; phones: string[] } {
  const text = clean(input)
  const all = flat(text)
  const codes = [...scanDossierCodes(all), ...findIncidentCodes(all)]
  const found = findPhones(without(all, codes))
  return { text: masked(text, found), phones: found.map(({ phone }) => phone) }
}

function masked(text: string, spans: readonly Span[]): string {
  let out = ''
  let at = 0
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (end <= at) continue
    out += start >= at ? text.slice(at, start) + MASK : ''
    at = end
  }
  return out + text.slice(at)
}
