import { useId, useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Button } from '../../ui/button.tsx'
import type { Misread } from './calls.ts'

const NONE = 'none'
const hasCategory = (intent: string): boolean => intent === 'report_incident' || intent === 'sos'
const categoryText = (id: string): string =>
  id === NONE ? t('desk:words.category.none') : t(asKey(`incidents:category.${id}`))

/** "Gửi phản ánh, Ngập lụt" */
export const meaningText = (intent: string, category: string | null = null): string =>
  [t(asKey(`desk:words.intent.${intent}`)), category === null ? '' : categoryText(category)]
    .filter((part) => part !== '')
    .join(', ')

type Props = {
  item: Misread
  intents: readonly string[]
  categories: readonly string[]
  isBusy: boolean
  onSave: (intent: string, category: string | undefined) => void
  onDrop: () => void
}

/** What a message meant: chosen from all that Loa knows; a report has a field too. */
export function Meaning({ item, intents, categories, isBusy, onSave, onDrop }: Props) {
  const [intent, setIntent] = useState(item.intent ?? item.guess)
  const [category, setCategory] = useState(item.category ?? NONE)
  const id = useId()
  return (
    <div class="words-meaning">
      <label class="field-label" for={`${id}-intent`}>
        {t('desk:words.meaning')}
      </label>
      <select
        id={`${id}-intent`}
        class="input"
        value={intent}
        onChange={(event) => setIntent(event.currentTarget.value)}
      >
        {intents.map((one) => (
          <option key={one} value={one}>
            {meaningText(one)}
          </option>
        ))}
      </select>
      {hasCategory(intent) && (
        <>
          <label class="field-label" for={`${id}-category`}>
            {t('desk:words.field')}
          </label>
          <select
            id={`${id}-category`}
            class="input"
            value={category}
            onChange={(event) => setCategory(event.currentTarget.value)}
          >
            {categories.map((one) => (
              <option key={one} value={one}>
                {categoryText(one)}
              </option>
            ))}
          </select>
        </>
      )}
      <div class="words-bar">
        <Button
          isDisabled={isBusy}
          label={t('desk:words.save_which', { words: item.words })}
          onClick={() => onSave(intent, hasCategory(intent) ? category : undefined)}
        >
          {t('desk:words.save')}
        </Button>
        <Button
          look="secondary"
          isDisabled={isBusy}
          label={t('desk:words.drop_which', { words: item.words })}
          onClick={onDrop}
        >
          {t('desk:words.drop')}
        </Button>
      </div>
    </div>
  )
}
