import { useEffect, useState } from 'preact/hooks'
import type { CategoryId } from '../../../../api/rooms/incidents/schema.ts'
import { suggestCategory } from '../../resident/own-calls.ts'
import { t } from '../../shared/i18n.ts'
import { categoryName } from '../../shared/words.ts'
import { Button } from '../../ui/button.tsx'
import { CategoryIcon } from '../../ui/icons.tsx'

/** A pause in typing; each asks once. */
const PAUSE_MS = 500

/** What the words written so far likely mean; what is slow, fails or is refused suggests nothing. */
export function useSuggestions(text: string): readonly CategoryId[] {
  const [found, setFound] = useState<readonly CategoryId[]>([])
  const words = text.trim()
  useEffect(() => {
    if (words === '') return setFound([])
    const ended = new AbortController()
    const timer = setTimeout(() => {
      suggestCategory(words, ended.signal).then(
        ({ categories }) => setFound(categories.map(({ category }) => category)),
        () => undefined,
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      ended.abort()
    }
  }, [words])
  return found
}

type Props = {
  found: readonly CategoryId[]
  chosen: CategoryId | undefined
  onChoose: (c: CategoryId) => void
}

/** "Có phải: Đèn đường?", each taken with one press. */
export function Suggestions({ found, chosen, onChoose }: Props) {
  const isOpen = found.length > 0 && (chosen === undefined || !found.includes(chosen))
  return (
    <div class="live" aria-live="polite">
      {isOpen && (
        <div class="stack tight suggestions">
          <p>{t('screens:suggest.title')}</p>
          <div class="button-row">
            {found.map((category) => (
              <Button key={category} look="secondary" onClick={() => onChoose(category)}>
                <CategoryIcon category={category} />
                {categoryName(category)}
              </Button>
            ))}
          </div>
        </div>
      )}
    </div>
  )
}
