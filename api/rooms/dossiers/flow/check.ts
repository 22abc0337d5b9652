import type { Flow, FlowData } from '../../../chat/flow.ts'
import { say } from '../../../chat/message.ts'
import { findDossierCodes, type ReadCode, readReceipt } from '../../../core/dossier-code.ts'
import { readTypedCode } from '../../../core/ids.ts'
import { DELEGATION_SIGNS } from '../policy/delegation.ts'
import { askConsent, type ConsentData, consentOf } from './consent.ts'

export type CheckData = {
  code: string | null
  /** What was probably meant, until the person says yes. */
  meant: string | null
  /** The code of a relative, when that was typed in place of a dossier's. */
  delegation: string | null
}

/** A flow knows no clock when it starts: the use-case refuses days to come. */
const ANY_DAY = '9999-12-31'

const NOTHING: CheckData = { code: null, meant: null, delegation: null }
const isNothing = ({ code, meant, delegation }: CheckData): boolean =>
  code === null && meant === null && delegation === null

function dataOf(read: ReadCode | undefined): CheckData {
  if (read === undefined || read.outcome === 'none') return NOTHING
  const { code } = read.code
  return read.outcome === 'code' ? { ...NOTHING, code } : { ...NOTHING, meant: code }
}

const readText = (value: string): CheckData => {
  const receipt = readReceipt(value, ANY_DAY)
  const data = dataOf(receipt.outcome === 'none' ? findDossierCodes(value, ANY_DAY)[0] : receipt)
  if (!isNothing(data)) return data
  return { ...NOTHING, delegation: readTypedCode(value, DELEGATION_SIGNS) ?? null }
}

function start(known: FlowData): CheckData {
  for (const value of [known.payload, known.words]) {
    const data = typeof value === 'string' ? readText(value) : NOTHING
    if (!isNothing(data)) return data
  }
  return NOTHING
}

const next = ({ code, meant, delegation }: CheckData): string => {
  if (code !== null || delegation !== null) return 'done'
  return meant === null ? 'code' : 'confirm'
}

/** Where is my dossier: a code, given or asked for, confirmed when it had to be mended. */
export const checkFlow: Flow<CheckData> = {
  id: 'dossier',
  version: 2,
  start,
  first: next,
  steps: new Map([
    [
      'code',
      {
        ask: (_data, { t }) => [say(t('dossiers:ask.code'))],
        accept: (content, _data, { t }) => {
          const data = content.kind === 'text' ? readText(content.text) : NOTHING
          return isNothing(data)
            ? { ok: false, say: [say(t('dossiers:ask.code.again'))] }
            : { ok: true, patch: data }
        },
        next,
      },
    ],
    [
      'confirm',
      {
        ask: (data, { t }) => [
          say(t('dossiers:ask.meant', { code: data.meant ?? '' }), [
            { id: 'yes', label: t('dossiers:choice.yes') },
            { id: 'no', label: t('dossiers:choice.no') },
          ]),
        ],
        accept: (content, data, { t }) => {
          if (content.kind === 'choice')
            return content.id === 'yes'
              ? { ok: true, patch: { code: data.meant, meant: null } }
              : { ok: true, patch: { meant: null } }
          const read = content.kind === 'text' ? readText(content.text) : NOTHING
          return isNothing(read)
            ? { ok: false, say: [say(t('dossiers:ask.meant.again'))] }
            : { ok: true, patch: read }
        },
        next,
      },
    ],
  ]),
}

export type CodeData = { code: string | null }

export const codeOf = (known: FlowData): string | null => {
  const { code } = start(known)
  return code
}

export type DetailsData = CodeData & { digits: string | null }

/** The last four digits of the registered phone or identity number. */
export const detailsFlow: Flow<DetailsData> = {
  id: 'dossier_details',
  version: 1,
  start: (known) => ({ code: codeOf(known), digits: null }),
  first: ({ code }) => (code === null ? 'done' : 'digits'),
  steps: new Map([
    [
      'digits',
      {
        ask: (_data, { t }) => [say(t('dossiers:ask.digits'))],
        accept: (content, _data, { t }) => {
          const digits = content.kind === 'text' ? content.text.replace(/\D/g, '') : ''
          return digits.length === 4
            ? { ok: true, patch: { digits } }
            : { ok: false, say: [say(t('dossiers:ask.digits.again'))] }
        },
        next: () => 'done',
      },
    ],
  ]),
}

export type FollowData = CodeData & ConsentData

/** Follow a dossier, after the text about messages was agreed to. */
export const followFlow: Flow<FollowData> = {
  id: 'dossier_follow',
  version: 1,
  start: (known) => ({ code: codeOf(known), ...consentOf(known) }),
  first: ({ code, consentVersion }) =>
    code === null || consentVersion !== null ? 'done' : 'consent',
  steps: new Map([['consent', { ...askConsent, next: () => 'done' }]]),
}

/** Ends a follow at once. */
export const unfollowFlow: Flow<CodeData> = {
  id: 'dossier_unfollow',
  version: 1,
  start: (known) => ({ code: codeOf(known) }),
  first: () => 'done',
  steps: new Map(),
}
