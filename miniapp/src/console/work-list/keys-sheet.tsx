import { useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { Check } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { areKeysOn, SHORTCUTS, setKeysOn } from './keys.ts'

/** All shortcuts of the list, and how to be rid of them. */
export function KeysSheet({ onClose }: { onClose: () => void }) {
  const [isOn, setOn] = useState(areKeysOn())
  return (
    <Sheet title={t('console:keys.title')} closeLabel={t('console:close')} onClose={onClose}>
      <dl class="desk-key-list">
        {SHORTCUTS.map(([key, name]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`console:keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <Check
        label={t('console:keys.on')}
        hint={t('console:keys.on_hint')}
        isOn={isOn}
        onChange={(next) => {
          setKeysOn(next)
          setOn(next)
        }}
      />
    </Sheet>
  )
}
