import { useEffect } from 'preact/hooks'
import { platform } from '../platform/index.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'

type MainActionProps = {
  label: string
  onPress: () => void
  isBusy?: boolean
  isDisabled?: boolean
  /** It leads to a next step. */
  isNext?: boolean
}

/** The one thing to do next on a page: the host's own big button where it has one, else ours. */
export function MainAction(props: MainActionProps) {
  const { label, onPress, isBusy = false, isDisabled = false, isNext = false } = props
  const { showMain } = platform()
  useEffect(() => showMain?.({ text: label, isBusy, isEnabled: !isDisabled, onPress }))
  useEffect(() => () => showMain?.(undefined), [showMain])
  if (showMain) return null
  return (
    <div class="button-row">
      <Button isBig isBusy={isBusy} isDisabled={isDisabled} onClick={onPress}>
        {label} {isNext && <Icon name="forward" />}
      </Button>
    </div>
  )
}
