import { t } from '../../shared/i18n.ts'
import { TextField } from '../../ui/field.tsx'
import type { Part } from './sheet.tsx'

type Origin = { issuer?: string | null; signer?: string | null; documentNo?: string | null }

/** Whose word it is: the office, who signed, and the number of the paper. */
export function OriginFields({ draft, set }: Part<Origin>) {
  return (
    <>
      <TextField
        label={t('desk:alerts.issuer')}
        hint={t('desk:alerts.issuer_hint')}
        value={draft.issuer ?? ''}
        maxLength={200}
        onInput={(issuer) => set({ issuer })}
      />
      <TextField
        label={t('desk:alerts.signer')}
        value={draft.signer ?? ''}
        maxLength={120}
        onInput={(signer) => set({ signer })}
      />
      <TextField
        label={t('desk:alerts.document')}
        value={draft.documentNo ?? ''}
        maxLength={80}
        onInput={(documentNo) => set({ documentNo })}
      />
    </>
  )
}
