import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Icon } from './icons.tsx'

type FieldProps = {
  label: string
  hint?: string
  /** Shown and announced; also marks the control invalid. */
  error?: string
  /** Spread `control` on the input that the label names. */
  children: (control: {
    id: string
    'aria-describedby': string | undefined
    'aria-invalid': boolean
  }) => ComponentChildren
}

/** Label, hint, control and error, tied together by id. */
function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
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
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error !== undefined,
      })}
      <div class="live" role="alert">
        {error && (
          <p class="field-error" id={`${id}-error`}>
            <Icon name="warning" /> {error}
          </p>
        )}
      </div>
    </div>
  )
}

type TextProps = Omit<FieldProps, 'children'> & {
  value: string
  onInput: (value: string) => void
  type?: 'text' | 'search' | 'password' | 'tel' | 'time' | 'date'
  autocomplete?: string
  maxLength?: number
  isRequired?: boolean
}

/** One line of text. */
export function TextField(props: TextProps) {
  const { value, onInput, autocomplete = 'off', maxLength, isRequired } = props
  // Preact types a search box and a password box apart; their attributes here are the same.
  const kind = { type: props.type ?? 'text' } as { type: 'text' }
  return (
    <Field {...props}>
      {(control) => (
        <input
          {...control}
          {...kind}
          class="input"
          value={value}
          autocomplete={autocomplete}
          maxLength={maxLength}
          required={isRequired}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

/** Several lines of text. */
export function TextArea(props: Omit<TextProps, 'type' | 'autocomplete'> & { rows?: number }) {
  const { value, onInput, maxLength, isRequired, rows = 4 } = props
  return (
    <Field {...props}>
      {(control) => (
        <textarea
          {...control}
          class="input"
          value={value}
          rows={rows}
          maxLength={maxLength}
          required={isRequired}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

type SelectProps<V extends string> = {
  label: string
  /** What the choice of nothing is called; it comes first. */
  none: string
  value: V | undefined
  options: readonly { value: V; label: string }[]
  onChange: (value: V | undefined) => void
}

/** One of many, by the device's own list. */
export function SelectField<V extends string>(props: SelectProps<V>) {
  const { label, none, value, options, onChange } = props
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          class="input"
          value={value ?? ''}
          onChange={(event) =>
            onChange(options.find((option) => option.value === event.currentTarget.value)?.value)
          }
        >
          <option value="">{none}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

type CheckProps = { label: string; hint?: string; isOn: boolean; onChange: (isOn: boolean) => void }

/** A tick box whose whole row is its target. */
export function Check({ label, hint, isOn, onChange }: CheckProps) {
  const id = useId()
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={isOn}
        aria-describedby={hint ? id : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        {label}
        {hint && (
          <span class="field-hint" id={id}>
            <br />
            {hint}
          </span>
        )}
      </span>
    </label>
  )
}
