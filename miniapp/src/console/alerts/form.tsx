import { useId } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { TextArea, TextField } from '../../ui/field.tsx'
import { OriginFields } from '../drafts/origin.tsx'
import { DraftSheet, type Part as PartOf } from '../drafts/sheet.tsx'
import { TimeBox } from '../drafts/time-box.tsx'
import type { Open } from '../drafts/use-desk.ts'
import { lazyPart } from '../lazy-part.tsx'
import { Places } from '../places.tsx'
import { ReachOf } from './area/reach.tsx'
import { createDraft, type Desk, type Draft, saveDraft } from './calls.ts'
import { KINDS, LEVELS, retuned } from './draft-of.ts'

/** The map comes when the form is opened. */
const AreaField = lazyPart(() => import('./area/field.tsx').then((m) => m.AreaField))

type Props = Open<Draft> & { desk: Desk; onSaved: () => void; onClose: () => void }

/** Everything that a warning says, in both languages, where it holds and until when. */
export function AlertForm({ desk, ...sheet }: Props) {
  return (
    <DraftSheet {...sheet} title={t('desk:alerts.form')} calls={{ createDraft, saveDraft }}>
      {({ draft, set }) => (
        <>
          <KindAndLevel desk={desk} draft={draft} onChange={set} />
          <Words draft={draft} set={set} />
          <Places
            unitCode={draft.unitCode}
            places={draft.area.places ?? []}
            onChange={(places) => set({ area: { ...draft.area, places } })}
          />
          <AreaField draft={draft} set={set} />
          <ReachOf about={draft} />
          <TimeBox
            label={t('desk:alerts.ends')}
            hint={t('desk:alerts.ends_hint')}
            value={draft.expiresAt}
            isRequired
            onChange={(expiresAt) => expiresAt !== null && set({ expiresAt })}
          />
          <OriginFields draft={draft} set={set} />
        </>
      )}
    </DraftSheet>
  )
}

type Part = PartOf<Draft>

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
