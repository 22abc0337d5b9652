import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

type ChoicesProps<V extends string> = {
  legend: string
  /** Read, not seen: a heading above already says it. */
  isLegendHidden?: boolean
  options: readonly { value: V; label: string; hint?: string; icon?: ComponentChildren }[]
  value: V | undefined
  onChange: (value: V) => void
  look?: 'rows' | 'tiles' | 'chips'
  error?: string
}

/** One of several, as large targets over native radio buttons (arrows move, space picks). */
export function Choices<V extends string>(props: ChoicesProps<V>) {
  const { legend, isLegendHidden, options, value, onChange, look = 'rows', error } = props
  const id = useId()
  return (
    <fieldset class="stack tight" aria-describedby={error ? `${id}-error` : undefined}>
      <legend class={isLegendHidden ? 'visually-hidden' : 'field-label'}>{legend}</legend>
      <div class={`choices ${look}`}>
        {options.map((option) => (
          <label key={option.value} class="choice">
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
            />
            {option.icon}
            <span>
              {option.label}
              {option.hint && <span class="field-hint">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      <div class="live" role="alert">
        {error && (
          <p class="field-error" id={`${id}-error`}>
            {error}
          </p>
        )}
      </div>
    </fieldset>
  )
}
