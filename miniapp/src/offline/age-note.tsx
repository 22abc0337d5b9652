import { t } from '../shared/i18n.ts'
import { shortTimeText } from '../shared/words.ts'
import { Icon } from '../ui/icons.tsx'

/** How old the last known data are; nothing while they are fresh. */
export function AgeNote({ keptAt }: { keptAt: string | undefined }) {
  if (keptAt === undefined) return null
  return (
    <p class="age-note small" role="status">
      <Icon name="clock" /> {t('miniapp:kept.at', { at: shortTimeText(keptAt) })}
    </p>
  )
}
