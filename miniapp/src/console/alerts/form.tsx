import { useId, useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useWork } from '../access/use-work.ts'
import { fromLocalBox, toLocalBox } from '../local-box.ts'
import { Places } from '../places.tsx'
import { createDraft, type Desk, type Draft, saveDraft } from './calls.ts'
import { KINDS, LEVELS, retuned } from './draft-of.ts'

type Props = {
  desk: Desk
  first: Draft
  /** The draft that is changed; without it a new one. */
  of?: { id: string; version: number }
  onSaved: () => void
  onClose: () => void
}

/** Everything that a warning says, in both languages, where it holds and until when. */
export function AlertForm({ desk, first, of, onSaved, onClose }: Props) {
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
    <Sheet title={t('desk:alerts.form')} closeLabel={t('console:close')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {problem !== undefined && <ProblemNotice problem={problem} />}
        <KindAndLevel desk={desk} draft={draft} onChange={setDraft} />
        <Words draft={draft} set={set} />
        <Places
          unitCode={draft.unitCode}
          places={draft.area.places ?? []}
          onChange={(places) => set({ area: { ...draft.area, places } })}
        />
        <Ends draft={draft} set={set} />
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
        <Button type="submit" isWide isBusy={isBusy}>
          {t('desk:alerts.save')}
        </Button>
      </form>
    </Sheet>
  )
}

type Part = { draft: Draft; set: (changed: Partial<Draft>) => void }

function KindAndLevel({
  desk,
  draft,
  onChange,
}: {
  desk: Desk
  draft: Draft
  onChange: (draft: Draft) => void
}) {
  const id = useId()
  return (
    <>
      <div class="field">
        <label class="field-label" for={`${id}-kind`}>
          {t('desk:alerts.kind')}
        </label>
        <select
          id={`${id}-kind`}
          class="input"
          value={draft.kind}
          onChange={(event) => {
            const kind = KINDS.find((one) => one === event.currentTarget.value)
            if (kind !== undefined) onChange(retuned(desk, draft, { kind }))
          }}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(asKey(`desk:alerts.kind.${kind}`))}
            </option>
          ))}
        </select>
      </div>
      <fieldset class="stack tight">
        <legend class="field-label">{t('desk:alerts.level')}</legend>
        {LEVELS.map((level) => (
          <label class="check" key={level}>
            <input
              type="radio"
              name={`${id}-level`}
              checked={draft.level === level}
              onChange={() => onChange(retuned(desk, draft, { level }))}
            />
            <span>{t(asKey(`desk:alerts.level.${level}`))}</span>
          </label>
        ))}
        {draft.level >= 3 && draft.kind !== 'air' && draft.kind !== 'health' && (
          <p class="field-hint">{t('desk:alerts.everyone')}</p>
        )}
      </fieldset>
    </>
  )
}

const HEADLINE_MAX = 160

function Words({ draft, set }: Part) {
  return (
    <>
      <TextField
        label={t('desk:alerts.headline')}
        hint={t('desk:alerts.headline_hint')}
        value={draft.headlineVi}
        maxLength={HEADLINE_MAX}
        isRequired
        onInput={(headlineVi) => set({ headlineVi })}
      />
      <TextArea
        label={t('desk:alerts.body')}
        value={draft.bodyVi ?? ''}
        maxLength={2_000}
        onInput={(bodyVi) => set({ bodyVi })}
      />
      <TextArea
        label={t('desk:alerts.instruction')}
        value={draft.instructionVi ?? ''}
        maxLength={1_000}
        onInput={(instructionVi) => set({ instructionVi })}
      />
      <details class="stack">
        <summary>{t('desk:alerts.english')}</summary>
        <div class="stack">
          <TextField
            label={t('desk:alerts.headline_en')}
            value={draft.headlineEn ?? ''}
            maxLength={HEADLINE_MAX}
            onInput={(text) => set({ headlineEn: text === '' ? null : text })}
          />
          <TextArea
            label={t('desk:alerts.body_en')}
            value={draft.bodyEn ?? ''}
            maxLength={2_000}
            onInput={(text) => set({ bodyEn: text === '' ? null : text })}
          />
          <TextArea
            label={t('desk:alerts.instruction_en')}
            value={draft.instructionEn ?? ''}
            maxLength={1_000}
            onInput={(text) => set({ instructionEn: text === '' ? null : text })}
          />
        </div>
      </details>
    </>
  )
}

function Ends({ draft, set }: Part) {
  const id = useId()
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {t('desk:alerts.ends')}
      </label>
      <p class="field-hint">{t('desk:alerts.ends_hint')}</p>
      <input
        id={id}
        class="input"
        type="datetime-local"
        required
        value={toLocalBox(draft.expiresAt)}
        onInput={(event) => {
          const expiresAt = fromLocalBox(event.currentTarget.value)
          if (expiresAt !== undefined) set({ expiresAt })
        }}
      />
    </div>
  )
}
