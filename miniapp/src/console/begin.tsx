import { useEffect, useState } from 'preact/hooks'
import { t } from '../shared/i18n.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { listUnits, type NamedUnit } from './alerts/calls.ts'
import type { Official } from './types.ts'

type Props = { me: Official; label: string; onBegin: (unitCode: string) => void }

/** The commune's desk writes for its own; the city's desk says for which. */
export function Begin({ me, label, onBegin }: Props) {
  const [units, setUnits] = useState<NamedUnit[]>([])
  const [chosen, setChosen] = useState(me.unitCode ?? undefined)
  useEffect(() => {
    if (me.unitCode === null) listUnits().then(setUnits, () => setUnits([]))
  }, [])
  return (
    <div class="button-row">
      {me.unitCode === null && (
        <SelectField
          label={t('desk:alerts.unit')}
          none={t('desk:alerts.unit_none')}
          value={chosen}
          options={units.map(({ code, fullName }) => ({ value: code, label: fullName }))}
          onChange={setChosen}
        />
      )}
      {chosen !== undefined && <Button onClick={() => onBegin(chosen)}>{label}</Button>}
    </div>
  )
}
