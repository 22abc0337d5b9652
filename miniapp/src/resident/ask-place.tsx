import { t } from '../shared/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'

export const NEAR_RADIUS_M = 3_000

export type Asking = 'not yet' | 'asking' | 'denied' | 'unavailable'

type AskProps = { asking: Asking; onAsk: () => void }

/** Explains before the device asks; a refusal leaves the commune's list. */
export function AskPlace({ asking, onAsk }: AskProps) {
  return (
    <div class="ask-place">
      <p class="muted">
        {asking === 'denied' || asking === 'unavailable'
          ? t(`miniapp:near.${asking}`)
          : t('miniapp:near.why')}
      </p>
      <Button look="secondary" isBusy={asking === 'asking'} onClick={onAsk}>
        <Icon name="target" />
        {asking === 'asking' ? t('miniapp:place.asking') : t('miniapp:near.ask')}
      </Button>
    </div>
  )
}
