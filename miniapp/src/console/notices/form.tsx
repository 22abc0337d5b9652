import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Check, SelectField, TextArea, TextField } from '../../ui/field.tsx'
import { OriginFields } from '../drafts/origin.tsx'
import { DraftSheet, type Part as PartOf } from '../drafts/sheet.tsx'
import type { Open } from '../drafts/use-desk.ts'
import { Places } from '../places.tsx'
import { createDraft, type Desk, type Draft, saveDraft } from './calls.ts'
import { KINDS, withTemplate } from './draft-of.ts'
import { EventFields, Times } from './form-times.tsx'

type Props = Open<Draft> & { desk: Desk; onSaved: () => void; onClose: () => void }

/** Everything that a notice says, in both languages, to whom, when, and until when. */
export function NoticeForm({ desk, ...sheet }: Props) {
  return (
    <DraftSheet {...sheet} title={t('desk:notice.form')} calls={{ createDraft, saveDraft }}>
      {({ draft, set }) => (
        <>
          <SelectField
            label={t('desk:notice.template')}
            none={t('desk:notice.template_none')}
            value={undefined}
            options={desk.templates.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => {
              const template = desk.templates.find((one) => one.id === id)
              if (template !== undefined) set(withTemplate(draft, template))
            }}
          />
          <SelectField
            label={t('desk:alerts.kind')}
            none={t('desk:notice.kind_none')}
            value={draft.kind}
            options={KINDS.map((kind) => ({
              value: kind,
              label: t(asKey(`desk:notice.kind.${kind}`)),
            }))}
            onChange={(kind) => set({ kind: kind ?? 'notices' })}
          />
          <Check
            label={t('desk:notice.emergency')}
            hint={t('desk:notice.emergency_hint')}
            isOn={draft.isEmergency ?? false}
            onChange={(isEmergency) => set({ isEmergency })}
          />
          <Words draft={draft} set={set} />
          <EventFields draft={draft} set={set} />
          <Places
            unitCode={draft.unitCode}
            places={draft.area.places ?? []}
            onChange={(places) => set({ area: { ...draft.area, places } })}
          />
          <SelectField
            label={t('desk:notice.language')}
            none={t('desk:notice.language_all')}
            value={draft.language ?? undefined}
            options={(['vi', 'en'] as const).map((value) => ({
              value,
              label: t(asKey(`desk:notice.language.${value}`)),
            }))}
            onChange={(language) => set({ language: language ?? null })}
          />
          <Times draft={draft} set={set} />
          <OriginFields draft={draft} set={set} />
          <TextField
            label={t('desk:notice.link')}
            hint={t('desk:notice.link_hint')}
            value={draft.linkUrl ?? ''}
            maxLength={500}
            onInput={(text) => set({ linkUrl: orNull(text) })}
          />
        </>
      )}
    </DraftSheet>
  )
}

export type Part = PartOf<Draft>

const TITLE_MAX = 120
const BODY_MAX = 2_000
const orNull = (text: string): string | null => (text === '' ? null : text)

function Words({ draft, set }: Part) {
  return (
    <>
      <TextField
        label={t('desk:notice.title_vi')}
        hint={t('desk:notice.title_hint')}
        value={draft.titleVi}
        maxLength={TITLE_MAX}
        isRequired
        onInput={(titleVi) => set({ titleVi })}
      />
      <TextArea
        label={t('desk:notice.body_vi')}
        hint={t('desk:notice.body_hint')}
        value={draft.bodyVi ?? ''}
        maxLength={BODY_MAX}
        onInput={(bodyVi) => set({ bodyVi })}
      />
      <TextField
        label={t('desk:notice.title_en')}
        value={draft.titleEn ?? ''}
        maxLength={TITLE_MAX}
        onInput={(text) => set({ titleEn: orNull(text) })}
      />
      <TextArea
        label={t('desk:notice.body_en')}
        value={draft.bodyEn ?? ''}
        maxLength={BODY_MAX}
        onInput={(text) => set({ bodyEn: orNull(text) })}
      />
    </>
  )
}
