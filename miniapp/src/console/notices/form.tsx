import { useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { Check, SelectField, TextArea, TextField } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useWork } from '../access/use-work.ts'
import { Places } from '../places.tsx'
import { createDraft, type Desk, type Draft, saveDraft } from './calls.ts'
import { KINDS, withTemplate } from './draft-of.ts'
import { EventFields, Times } from './form-times.tsx'

type Props = {
  desk: Desk
  first: Draft
  /** The draft that is changed; without it a new one. */
  of?: { id: string; version: number }
  onSaved: () => void
  onClose: () => void
}

/** Everything that a notice says, in both languages, to whom, when, and until when. */
export function NoticeForm({ desk, first, of, onSaved, onClose }: Props) {
  const [draft, setDraft] = useState(first)
  const { isBusy, problem, run } = useWork()
  const set = (changed: Partial<Draft>) => setDraft({ ...draft, ...changed })
  const save = async () => {
    const work = () => (of ? saveDraft(of.id, of.version, draft) : createDraft(draft))
    if (!(await run(work))) return
    onSaved()
    onClose()
  }
  return (
    <Sheet title={t('desk:notice.form')} closeLabel={t('console:close')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {problem !== undefined && <ProblemNotice problem={problem} />}
        <SelectField
          label={t('desk:notice.template')}
          none={t('desk:notice.template_none')}
          value={undefined}
          options={desk.templates.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => {
            const template = desk.templates.find((one) => one.id === id)
            if (template !== undefined) setDraft(withTemplate(draft, template))
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
        <Origin draft={draft} set={set} />
        <Button type="submit" isWide isBusy={isBusy}>
          {t('desk:alerts.save')}
        </Button>
      </form>
    </Sheet>
  )
}

export type Part = { draft: Draft; set: (changed: Partial<Draft>) => void }

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

function Origin({ draft, set }: Part) {
  return (
    <>
      <TextField
        label={t('desk:alerts.issuer')}
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
      <TextField
        label={t('desk:notice.link')}
        hint={t('desk:notice.link_hint')}
        value={draft.linkUrl ?? ''}
        maxLength={500}
        onInput={(text) => set({ linkUrl: orNull(text) })}
      />
    </>
  )
}
