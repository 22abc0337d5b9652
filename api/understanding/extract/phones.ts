import type { Span } from './flat.ts'

/**
 * Mobile (`0` and a 3, 5, 7, 8 or 9, ten digits; `+84` for the `0`), Huế's fixed line (0234 and seven digits),
 * service numbers (1800, 1900) with dots, dashes or spaces, O for 0.
 */
const D = '[0-9o]'
const GAP = '[\\s.\\-]{0,2}'
const run = (count: number) => `(?:${GAP}${D}){${count}}`
const PHONE = new RegExp(
  `(?<![0-9a-z])(?:(?:\\(?\\+?84\\)?${GAP}\\(?0?\\)?|[0o]${GAP})([35789]${run(8)}|2${GAP}3${GAP}4\\)?${run(7)})|(1[89][0o]{2}${run(4)}(?:${run(2)})?))(?![0-9])`,
  'g',
)

export type FoundPhone = Span & { phone: string }

/** Telephone numbers in a flat text, national digits ("0905123456"), in order. */
export const findPhones = (text: string): FoundPhone[] =>
  [...text.matchAll(PHONE)].map((match) => {
    const [all, national, service = ''] = match
    const digits = (national ?? service).replace(/o/g, '0').replace(/[^0-9]/g, '')
    const phone = national === undefined ? digits : `0${digits}`
    return { phone, start: match.index, end: match.index + all.length }
  })
