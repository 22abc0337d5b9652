import type { SourceStanding } from '../../../../../api/rooms/dossiers/index.ts'
import { t } from '../../../shared/i18n.ts'
import { useLoad } from '../../../shared/use-load.ts'
import { SelectField, TextField } from '../../../ui/field.tsx'
import { listUnits } from '../../alerts/calls.ts'
import type { Target } from './calls.ts'

const MAX_NAME = 40
const MAX_AGENCY = 200

type NewProps = { target: Target; isTaken: boolean; onChange: (target: Target) => void }

/** What a new source is called, and whose dossiers it holds. */
function NewSource({ target, isTaken, onChange }: NewProps) {
  const [units] = useLoad('units', listUnits)
  const list = units.state === 'ready' ? units.data : []
  return (
    <>
      <TextField
        label={t('desk:sources.agency')}
        value={target.agencyName}
        maxLength={MAX_AGENCY}
        onInput={(agencyName) => onChange({ ...target, agencyName })}
      />
      <TextField
        label={t('desk:sources.name')}
        hint={t('desk:sources.name.hint')}
        {...(isTaken ? { error: t('desk:sources.name.taken') } : {})}
        value={target.name}
        maxLength={MAX_NAME}
        onInput={(name) => onChange({ ...target, name: name.toLowerCase() })}
      />
      <SelectField
        label={t('desk:sources.unit')}
        none={t('desk:sources.unit.none')}
        value={target.unitCode ?? undefined}
        options={list.map(({ code, fullName }) => ({ value: code, label: fullName }))}
        onChange={(unitCode = '') =>
          onChange({ ...target, unitCode: unitCode === '' ? null : unitCode })
        }
      />
    </>
  )
}

const isTaken = (sources: readonly SourceStanding[], { name }: Target): boolean =>
  sources.some((source) => source.name === name)

/** As the server takes a new source. */
export const isNamed = (sources: readonly SourceStanding[], draft: Target): boolean =>
  /^[a-z0-9][a-z0-9-]{1,39}$/.test(draft.name) &&
  draft.agencyName.trim() !== '' &&
  !isTaken(sources, draft)

type Props = {
  sources: readonly SourceStanding[]
  /** The name of one that is there; undefined: a new one. */
  chosen: string | undefined
  draft: Target
  onChoose: (name: string | undefined) => void
  onDraft: (target: Target) => void
}

/** Which back office a file comes from. */
export function SourceChoice({ sources, chosen, draft, onChoose, onDraft }: Props) {
  return (
    <section class="desk-section">
      <h2>{t('desk:sources.which')}</h2>
      {sources.length > 0 && (
        <SelectField
          label={t('desk:sources.source')}
          none={t('desk:sources.new')}
          value={chosen}
          options={sources.map(({ name, agencyName }) => ({
            value: name,
            label: `${agencyName} (${name})`,
          }))}
          onChange={onChoose}
        />
      )}
      {chosen === undefined && (
        <NewSource target={draft} isTaken={isTaken(sources, draft)} onChange={onDraft} />
      )}
    </section>
  )
}
