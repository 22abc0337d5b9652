import { useId, useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { Check, TextArea } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useWork } from '../access/use-work.ts'

/** One field of a row: how it is asked for. An empty optional one is sent as nothing at all. */
export type FieldSpec = {
  name: string
  label: string
  kind: 'text' | 'date' | 'number' | 'check' | 'select' | 'words'
  hint?: string
  options?: readonly (readonly [value: string, words: string])[]
  isOptional?: true
  /** What names the row does not change once it is there. */
  isKey?: true
}
export type Values = Readonly<Record<string, string | number | boolean | null>>

const MAX_WORDS = 3_000

type SheetProps = {
  title: string
  fields: readonly FieldSpec[]
  /** The row as it is; undefined: a new one. */
  row: Values | undefined
  onSave: (row: Record<string, unknown>) => Promise<unknown>
  onClose: () => void
}

const toSend = (fields: readonly FieldSpec[], values: Values) =>
  Object.fromEntries(
    fields.map(({ name, kind }) => {
      const value = values[name] ?? ''
      if (kind === 'check') return [name, value === true]
      if (value === '') return [name, null]
      return [name, kind === 'number' ? Number(value) : value]
    }),
  )

/** A row of the settings, asked for field by field; the server says what is wrong with it. */
export function RowSheet({ title, fields, row, onSave, onClose }: SheetProps) {
  const [values, setValues] = useState<Values>(row ?? {})
  const { isBusy, problem, run } = useWork()
  const save = async () => {
    if (await run(() => onSave(toSend(fields, values)))) onClose()
  }
  return (
    <Sheet title={title} closeLabel={t('console:close')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {problem !== undefined && <ProblemNotice problem={problem} />}
        {fields.map((field) => (
          <RowField
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            isFixed={field.isKey === true && row !== undefined}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
          />
        ))}
        <Button type="submit" isWide isBusy={isBusy}>
          {t('desk:settings.save')}
        </Button>
      </form>
    </Sheet>
  )
}

type RowFieldProps = {
  field: FieldSpec
  value: string | number | boolean
  isFixed: boolean
  onChange: (value: string | boolean) => void
}

function RowField({ field, value, isFixed, onChange }: RowFieldProps) {
  const id = useId()
  const { label, kind, options, isOptional } = field
  if (kind === 'check') return <Check label={label} isOn={value === true} onChange={onChange} />
  if (kind === 'words')
    return (
      <TextArea
        label={label}
        hint={field.hint ?? ''}
        value={String(value)}
        onInput={onChange}
        maxLength={MAX_WORDS}
      />
    )
  const common = {
    id,
    class: 'input',
    value: String(value),
    required: !isOptional,
    disabled: isFixed,
  }
  // Preact types each kind of input apart; their attributes here are the same.
  const typed = { type: kind, ...(kind === 'number' ? { step: 'any' } : {}) } as { type: 'text' }
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      {kind === 'select' ? (
        <select {...common} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="" />
          {options?.map(([option, words]) => (
            <option key={option} value={option}>
              {words}
            </option>
          ))}
        </select>
      ) : (
        <input {...common} {...typed} onInput={(event) => onChange(event.currentTarget.value)} />
      )}
    </div>
  )
}
