import { t } from '../../../shared/i18n.ts'
import { SelectField } from '../../../ui/field.tsx'
import type { Field, Mapping } from './calls.ts'

/** What a row can say, in the order of the form; every row needs the first three. */
const ORDER: Record<Field, 'must' | 'may'> = {
  code: 'must',
  procedureName: 'must',
  state: 'must',
  receivedAt: 'may',
  dueAt: 'may',
  newDueAt: 'may',
  stateAt: 'may',
  supplementAt: 'may',
  endedAt: 'may',
  returnedAt: 'may',
  asOf: 'may',
  applicantName: 'may',
  phone: 'may',
  idNumber: 'may',
  missingPapers: 'may',
  lateReason: 'may',
  feeVnd: 'may',
  isFeePaid: 'may',
  resultPlace: 'may',
  procedureCode: 'may',
  field: 'may',
  agencyName: 'may',
}
const FIELDS = Object.keys(ORDER) as Field[]

export const isSame = (one: Mapping | undefined, other: Mapping): boolean =>
  one !== undefined && FIELDS.every((field) => one[field] === other[field])

export const isWhole = (mapping: Mapping): boolean =>
  FIELDS.every((field) => ORDER[field] === 'may' || mapping[field] !== undefined)

type Props = {
  columns: readonly string[]
  mapping: Mapping
  isOpen: boolean
  onChange: (mapping: Mapping) => void
}

/** Which column says what. A column that is kept for a field is offered also when this file has none of that name. */
export function MappingFields({ columns, mapping, isOpen, onChange }: Props) {
  const names = new Set([...columns, ...Object.values(mapping)].filter((name) => name.trim()))
  const options = [...names].map((name) => ({ value: name, label: name }))
  const change = (field: Field, column: string | undefined) => {
    const { [field]: _, ...others } = mapping
    onChange(column === undefined ? others : { ...others, [field]: column })
  }
  return (
    <details class="desk-section" open={isOpen}>
      <summary>
        {t('desk:sources.mapping', { used: Object.keys(mapping).length, of: FIELDS.length })}
      </summary>
      <p class="muted">{t('desk:sources.mapping.hint')}</p>
      <div class="sources-mapping">
        {FIELDS.map((field) => (
          <SelectField
            key={field}
            label={t(`desk:sources.field.${field}`)}
            none={t(`desk:sources.column.${ORDER[field]}`)}
            value={mapping[field]}
            options={options}
            onChange={(column) => change(field, column)}
          />
        ))}
      </div>
    </details>
  )
}
