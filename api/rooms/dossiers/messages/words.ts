import { asKey, type Translate } from '../../../../locales/index.ts'
import { formatDate, formatDateTime } from '../../../core/time.ts'
import { type StateNumber, waitsFor } from '../policy/states.ts'
import type { TimeLeft } from '../policy/work-rule.ts'

export const stateName = (t: Translate, state: StateNumber): string =>
  t(asKey(`dossiers:state.${state}`))

/** What a state means for whoever waits, in one or two sentences. */
export const plainText = (t: Translate, state: StateNumber): string =>
  t(asKey(`dossiers:plain.${state}`))

export const waitsText = (t: Translate, state: StateNumber, agency: string): string =>
  t(asKey(`dossiers:waits.${waitsFor(state)}`), { agency })

export function timeText(t: Translate, left: TimeLeft): string {
  if (left.kind === 'today') return t('dossiers:time.today')
  const count = left.workingDays
  return left.kind === 'left'
    ? t('dossiers:time.left', { count })
    : t('dossiers:time.late', { count })
}

/** The apology of a late dossier, with the new appointment when the office gave one. */
export const apologyText = (t: Translate, newDueAt: string | null): string =>
  newDueAt === null
    ? t('dossiers:apology')
    : t('dossiers:apology.new_date', { date: formatDate(new Date(newDueAt)) })

export const updatedText = (t: Translate, asOf: string): string =>
  t('dossiers:updated', { at: formatDateTime(new Date(asOf)) })

/** A code of somebody else: whose it is, and where to ask. */
export const elsewhereText = (t: Translate, issuer: 'province' | 'ministry' | 'other'): string =>
  t(asKey(`dossiers:elsewhere.${issuer}`))

/** Why a place of a file cannot be read. */
export const issueText = (t: Translate, reason: string): string =>
  t(asKey(`dossiers:issue.${reason}`))

const PULL_PROBLEMS = [
  ...['network', 'fetching_off', 'address_not_allowed', 'too_large', 'bad_redirect'],
  ...['too_many_redirects', 'not_a_page', 'page_repeated', 'import_refused'],
]

/** Why a back office that is asked brought nothing the last time, and what to do. */
export function pullProblemText(t: Translate, problem: string): string {
  const status = /^http_(\d{3})$/.exec(problem)?.[1]
  if (status === '401' || status === '403') return t('dossiers:pull.key', { status })
  if (status !== undefined) return t('dossiers:pull.http', { status })
  return t(asKey(`dossiers:pull.${PULL_PROBLEMS.includes(problem) ? problem : 'failed'}`))
}

/** How long ago a dossier was received. */
export const ageLabel = (t: Translate, age: string): string => t(asKey(`dossiers:age.${age}`))

const COLUMNS = [
  'code',
  'procedure',
  'field',
  'agency',
  'state',
  'received',
  'due',
  'new_due',
  'ended',
  'applicant',
] as const

/** Names of the columns of an export. */
export const deskHeader = (t: Translate): string[] =>
  COLUMNS.map((name) => t(asKey(`dossiers:column.${name}`)))
