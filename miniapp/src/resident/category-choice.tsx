import { useState } from 'preact/hooks'
import type { CategoryId } from '../../../api/rooms/incidents/schema.ts'
import { t } from '../shared/i18n.ts'
import { categoryName } from '../shared/words.ts'
import { Button } from '../ui/button.tsx'
import { Choices } from '../ui/choices.tsx'
import { CategoryIcon } from '../ui/icons.tsx'
import { CATEGORIES, FREQUENT_COUNT } from './categories.ts'

type CategoryProps = {
  chosen: CategoryId | undefined
  onChange: (category: CategoryId) => void
  error?: string
}

/** What kind of matter it is: the frequent ones first, the rest behind one more press. */
export function CategoryChoice({ chosen, onChange, error }: CategoryProps) {
  const isRare = chosen !== undefined && CATEGORIES.indexOf(chosen) >= FREQUENT_COUNT
  const [isOpened, setOpened] = useState(false)
  const isAll = isOpened || isRare
  const shown = isAll ? CATEGORIES : CATEGORIES.slice(0, FREQUENT_COUNT)
  return (
    <div class="stack tight">
      <Choices
        legend={t('miniapp:what.category')}
        look="tiles"
        options={shown.map((category) => ({
          value: category,
          label: categoryName(category),
          icon: <CategoryIcon category={category} />,
        }))}
        value={chosen}
        onChange={onChange}
        {...(error ? { error } : {})}
      />
      {!isAll && (
        <div>
          <Button look="quiet" onClick={() => setOpened(true)}>
            {t('miniapp:what.more', { count: CATEGORIES.length - FREQUENT_COUNT })}
          </Button>
        </div>
      )}
    </div>
  )
}
