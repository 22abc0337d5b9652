import type { KnownConsent } from '../../../chat/entry.ts'
import type { FlowData, Step } from '../../../chat/flow.ts'
import { say } from '../../../chat/message.ts'

/** What a flow keeps of the consent to be written to; `consentVersion` null: not given. */
export type ConsentData = { consentVersion: number | null; offered: number | null; body: string }

export function consentOf(known: FlowData): ConsentData {
  const consent = known.consent as KnownConsent | undefined
  return {
    consentVersion: consent?.given === true ? consent.version : null,
    offered: consent?.version ?? null,
    body: consent?.body ?? '',
  }
}

/** Shows the text about messages; yes or no by button. */
export const askConsent: Pick<Step<ConsentData>, 'ask' | 'accept'> = {
  ask: (data, { t }) => [
    say(data.body, [
      { id: 'agree', label: t('dossiers:choice.agree') },
      { id: 'decline', label: t('dossiers:choice.decline') },
    ]),
  ],
  accept: (content, data, { t }) => {
    if (content.kind !== 'choice') return { ok: false, say: [say(t('dossiers:ask.consent.again'))] }
    return { ok: true, patch: { consentVersion: content.id === 'agree' ? data.offered : null } }
  },
}
