import type { Flow } from '../../../chat/flow.ts'
import { say } from '../../../chat/message.ts'
import { readTypedCode } from '../../../core/ids.ts'
import { DELEGATION_SIGNS } from '../policy/delegation.ts'
import { type CodeData, codeOf } from './check.ts'
import { askConsent, type ConsentData, consentOf } from './consent.ts'

export type DelegateData = CodeData & { digits: string | null }

/** A code for a relative: of whoever proved the dossier, now by four digits if not before. */
export const delegateFlow: Flow<DelegateData> = {
  id: 'dossier_delegate',
  version: 1,
  start: (known) => ({ code: codeOf(known), digits: known.isProved === true ? '' : null }),
  first: ({ code, digits }) => (code === null || digits !== null ? 'done' : 'digits'),
  steps: new Map([
    [
      'digits',
      {
        ask: (_data, { t }) => [say(t('dossiers:ask.digits.delegate'))],
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

export type TakeData = ConsentData & { delegation: string | null }

const readCode = (value: unknown): string | null =>
  (typeof value === 'string' ? readTypedCode(value, DELEGATION_SIGNS) : undefined) ?? null

/** A relative takes up such a code, after the text about messages was agreed to. */
export const takeFlow: Flow<TakeData> = {
  id: 'dossier_take',
  version: 1,
  start: (known) => ({ ...consentOf(known), delegation: readCode(known.payload) }),
  first: ({ consentVersion, delegation }) => {
    if (consentVersion === null) return 'consent'
    return delegation === null ? 'delegation' : 'done'
  },
  steps: new Map([
    [
      'consent',
      {
        ...askConsent,
        next: ({ consentVersion, delegation }) =>
          consentVersion !== null && delegation === null ? 'delegation' : 'done',
      },
    ],
    [
      'delegation',
      {
        ask: (_data, { t }) => [say(t('dossiers:ask.delegation'))],
        accept: (content, _data, { t }) => {
          const delegation = content.kind === 'text' ? readCode(content.text) : null
          return delegation === null
            ? { ok: false, say: [say(t('dossiers:ask.delegation.again'))] }
            : { ok: true, patch: { delegation } }
        },
        next: () => 'done',
      },
    ],
  ]),
}

/** Nobody else follows a dossier from now on. */
export const endDelegationFlow: Flow<CodeData> = {
  id: 'dossier_delegation_end',
  version: 1,
  start: (known) => ({ code: codeOf(known) }),
  first: () => 'done',
  steps: new Map(),
}
