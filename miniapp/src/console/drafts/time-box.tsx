import { useId } from 'preact/hooks'
import { fromLocalBox, toLocalBox } from '../local-box.ts'

type Props = {
  label: string
  hint?: string
  value: string | null
  isRequired?: boolean
  onChange: (instant: string | null) => void
}

/** A day and an hour; an instant outside, local time inside. */
export function TimeBox({ label, hint, value, isRequired = false, onChange }: Props) {
  const id = useId()
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={id}
        class="input"
        type="datetime-local"
        required={isRequired}
        aria-describedby={hint ? `${id}-hint` : undefined}
        value={value === null ? '' : toLocalBox(value)}
        onInput={(event) => onChange(fromLocalBox(event.currentTarget.value) ?? null)}
      />
    </div>
  )
}
