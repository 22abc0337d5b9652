import { useId } from 'preact/hooks'
import type { Colleague } from '../../../../api/rooms/identity/index.ts'
import { t } from '../../shared/i18n.ts'

type InputProps = { label: string; value: string; onInput: (value: string) => void }

const nativeField = (type: 'date' | 'time') =>
  function NativeField({ label, value, onInput }: InputProps) {
    const id = useId()
    return (
      <div class="field">
        <label class="field-label" for={id}>
          {label}
        </label>
        <input
          id={id}
          class="input"
          type={type}
          value={value}
          required
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      </div>
    )
  }

export const DayField = nativeField('date')
export const ClockField = nativeField('time')

type PersonProps = {
  label: string
  people: readonly Colleague[]
  value: string
  onChange: (id: string) => void
}

/** One of the colleagues, by name. */
export function PersonField({ label, people, value, onChange }: PersonProps) {
  const id = useId()
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <select
        id={id}
        class="input"
        value={value}
        required
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="">{t('identity:duty.choose')}</option>
        {people.map((person) => (
          <option key={person.id} value={person.id}>
            {person.displayName}
          </option>
        ))}
      </select>
    </div>
  )
}
