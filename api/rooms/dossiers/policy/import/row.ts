import { type DossierCode, readDossierCode } from '../../../../core/dossier-code.ts'
import { clean, fold, truncate } from '../../../../core/text.ts'
import { isLocalDate, type LocalDate, localInstant } from '../../../../core/time.ts'
import { lastFour, maskName } from '../mask.ts'
import type { DossierStep } from '../on-time.ts'
import { readState, type StateNumber } from '../states.ts'
import { endOfDay } from '../work-rule.ts'
import type { Field } from './fields.ts'

/** What one row says of one dossier; what it does not say is undefined. Names are masked already. */
export type IncomingDossier = {
  code: string
  procedureName: string
  procedureCode?: string
  field?: string
  agencyName?: string
  state: StateNumber
  /** Undefined: the row does not say since when. */
  stateAt?: string
  steps: DossierStep[]
  receivedAt?: string
  dueAt?: string
  newDueAt?: string
  lateReason?: string
  missingPapers?: string[]
  feeVnd?: number
  isFeePaid?: boolean
  resultPlace?: string
  applicantMasked?: string
  phoneTail?: string
  idTail?: string
  asOf?: string
}

export const ROW_REASONS = [
  'code_missing',
  'code_bad',
  'code_future',
  'state_unknown',
  'date_bad',
  'date_order',
  'number_bad',
  'text_missing',
] as const
export type RowReason = (typeof ROW_REASONS)[number]
export type RowIssue = { field: Field; reason: RowReason }

export type Cells = Partial<Record<Field, string>>
export type ReadRow =
  | { ok: true; row: IncomingDossier }
  /** `code`: where that much could be read. */
  | { ok: false; issues: RowIssue[]; code: string | null }

const MAX_TEXT = 500
const MAX_PAPERS = 30
const DATE = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,T]+(\d{1,2})[:hg](\d{2})(?::\d{2})?)?$/
const TIME_FIRST =
  /^(\d{1,2})[:hg](\d{2})(?::\d{2})?[ ,]+(?:ngày )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/
const PACKED = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})\d{2})?$/

const two = (text: string) => text.padStart(2, '0')

/** Local date and time of day of any of the four writings; `HH:MM` undefined when none is given. */
function readLocal(text: string): { date: LocalDate; time?: string } | undefined {
  const [, d, m, y, h, min] = DATE.exec(text) ?? []
  if (y !== undefined) return local(y, m, d, h, min)
  const [, h2, min2, d2, m2, y2] = TIME_FIRST.exec(text) ?? []
  if (y2 !== undefined) return local(y2, m2, d2, h2, min2)
  const [, y3, m3, d3, h3, min3] = ISO.exec(text) ?? PACKED.exec(text) ?? []
  return y3 === undefined ? undefined : local(y3, m3, d3, h3, min3)
}

function local(y: string, m = '', d = '', h?: string, min?: string) {
  const date = `${y}-${two(m)}-${two(d)}`
  if (!isLocalDate(date)) return undefined
  if (h === undefined || min === undefined) return { date }
  if (Number(h) > 23 || Number(min) > 59) return undefined
  return { date, time: `${two(h)}:${min}` }
}

/**
 * An instant as exports write it: `15/02/2023`, `15/02/2023 08:30`, `08:30 15/02/2023`, ISO 8601, `20230215083000`.
 * Without a zone it is the time in Viet Nam; a day without an hour begins or, with `isDeadline`, ends with it.
 */
export function readInstant(raw: string, isDeadline = false): string | undefined {
  const text = raw.trim()
  if (/(Z|[+-]\d{2}:?\d{2})$/.test(text) && ISO.test(text)) {
    const at = new Date(text.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
    return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
  }
  const read = readLocal(text)
  if (read === undefined) return undefined
  if (read.time !== undefined) return localInstant(read.date, read.time).toISOString()
  return (isDeadline ? endOfDay(read.date) : localInstant(read.date, '00:00')).toISOString()
}

/** "1.250.000 đ" → 1250000; undefined for what is no whole amount. */
function readVnd(raw: string): number | undefined {
  const text = fold(raw).replace(/\s|vnd|dong|đ|d$/g, '')
  if (!/^\d{1,3}([.,]\d{3})*$|^\d+$/.test(text)) return undefined
  const amount = Number(text.replace(/[.,]/g, ''))
  return Number.isSafeInteger(amount) ? amount : undefined
}

const YES = /^(1|x|co|roi|da|da thanh toan|true|yes)$/
const NO = /^(0|khong|chua|chua thanh toan|false|no)$/

/** Papers in one cell: separated by line breaks, semicolons or bullets. */
const readPapers = (raw: string): string[] =>
  raw
    .split(/[\n;•]+/)
    .map((paper) => truncate(clean(paper).replace(/^[-+*\d.)\s]+(?=\p{L})/u, ''), MAX_TEXT))
    .filter((paper) => paper !== '')
    .slice(0, MAX_PAPERS)

/** Reads one row; every fault is named with its field, and a row with a fault is not used. */
export function readRow(cells: Cells, today: LocalDate): ReadRow {
  const issues: RowIssue[] = []
  const fail = (field: Field, reason: RowReason) => {
    issues.push({ field, reason })
    return undefined
  }
  const text = (field: Field): string | undefined => {
    const value = truncate(clean(cells[field] ?? '').replace(/\s+/g, ' '), MAX_TEXT)
    return value === '' ? undefined : value
  }
  const time = (field: Field, isDeadline = false): string | undefined => {
    const value = text(field)
    if (value === undefined) return undefined
    return readInstant(value, isDeadline) ?? fail(field, 'date_bad')
  }
  const code = readCode(text('code'), today, fail)
  const procedureName = text('procedureName') ?? fail('procedureName', 'text_missing')
  const stateText = text('state')
  const state = readState(fold(stateText ?? '')) ?? fail('state', 'state_unknown')
  const receivedAt = time('receivedAt')
  const endedAt = time('endedAt')
  const returnedAt = time('returnedAt')
  const supplementAt = time('supplementAt')
  const stateGiven = time('stateAt')
  const dueAt = time('dueAt', true)
  const newDueAt = time('newDueAt', true)
  const asOf = time('asOf')
  if (receivedAt !== undefined && dueAt !== undefined && dueAt < receivedAt)
    fail('dueAt', 'date_order')
  const fee = text('feeVnd')
  const feeVnd = fee === undefined ? undefined : (readVnd(fee) ?? fail('feeVnd', 'number_bad'))
  const paid = fold(text('isFeePaid') ?? '')
  const isFeePaid = YES.test(paid) ? true : NO.test(paid) ? false : undefined
  const papers = cells.missingPapers === undefined ? undefined : readPapers(cells.missingPapers)
  if (code === undefined || procedureName === undefined || state === undefined || issues.length > 0)
    return { ok: false, issues, code: code?.code ?? null }
  const known: Partial<Record<StateNumber, string | undefined>> = {
    2: receivedAt,
    5: supplementAt,
    9: endedAt,
    10: returnedAt,
  }
  const stateAt = stateGiven ?? known[state]
  const steps = Object.entries({ ...known, [state]: stateAt }).flatMap(([number, at]) =>
    at === undefined ? [] : [{ state: Number(number) as StateNumber, at }],
  )
  const name = text('applicantName')
  const row: IncomingDossier = { code: code.code, procedureName, state, steps }
  return {
    ok: true,
    row: Object.assign(
      row,
      defined({
        procedureCode: text('procedureCode'),
        field: text('field'),
        agencyName: text('agencyName'),
        stateAt,
        receivedAt,
        dueAt,
        newDueAt,
        lateReason: text('lateReason'),
        missingPapers: papers,
        feeVnd,
        isFeePaid,
        resultPlace: text('resultPlace'),
        applicantMasked: name === undefined ? undefined : maskName(name),
        phoneTail: lastFour(text('phone') ?? ''),
        idTail: lastFour(text('idNumber') ?? ''),
        asOf,
      }),
    ),
  }
}

const defined = <T extends Record<string, unknown>>(
  values: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

function readCode(
  text: string | undefined,
  today: LocalDate,
  fail: (field: Field, reason: RowReason) => undefined,
): DossierCode | undefined {
  if (text === undefined) return fail('code', 'code_missing')
  const read = readDossierCode(text, today)
  // An export writes its own codes: what needs mending is a broken column, not a slip.
  if (read.outcome === 'code') return read.code
  const isFuture = read.outcome === 'none' && read.reason === 'future'
  return fail('code', isFuture ? 'code_future' : 'code_bad')
}
