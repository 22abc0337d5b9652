import { useEffect, useState } from 'preact/hooks'
import { t } from '../shared/i18n.ts'
import { Check } from '../ui/field.tsx'
import { listHamlets, type NamedHamlet } from './alerts/calls.ts'

type Place = { unitCode: string; hamletId?: string | undefined }
type Props = { unitCode: string; places: readonly Place[]; onChange: (places: Place[]) => void }

/** The whole commune, or some of its hamlets. */
export function Places({ unitCode, places, onChange }: Props) {
  const [hamlets, setHamlets] = useState<NamedHamlet[]>([])
  useEffect(() => {
    listHamlets(unitCode).then(setHamlets, () => setHamlets([]))
  }, [unitCode])
  const isWhole = places.some((place) => place.hamletId === undefined)
  const chosen = new Set(places.flatMap(({ hamletId }) => hamletId ?? []))
  return (
    <fieldset class="stack tight">
      <legend class="field-label">{t('desk:alerts.places')}</legend>
      <Check
        label={t('desk:alerts.whole')}
        isOn={isWhole}
        onChange={(isOn) => onChange(isOn ? [{ unitCode }] : [])}
      />
      {!isWhole &&
        hamlets.map(({ id, name }) => (
          <Check
            key={id}
            label={name}
            isOn={chosen.has(id)}
            onChange={(isOn) =>
              onChange(
                isOn
                  ? [...places, { unitCode, hamletId: id }]
                  : places.filter(({ hamletId }) => hamletId !== id),
              )
            }
          />
        ))}
    </fieldset>
  )
}
