import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'

/** Long enough that a pocket does not call for help. */
const HOLD_MS = 2_000

/**
 * Calls for help after two seconds of holding. Whoever cannot hold (keyboard, switch, screen reader) presses twice: the
 * first press says so.
 */
export function HoldButton({ onHeld }: { onHeld: () => void }) {
  const [isHeld, setHeld] = useState(false)
  const [isArmed, setArmed] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isByPointer = useRef(false)
  const letGo = () => {
    clearTimeout(timer.current)
    setHeld(false)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <div class="stack sos-hold">
      <button
        type="button"
        class={isHeld ? 'sos-button held' : 'sos-button'}
        style={{ '--hold': `${HOLD_MS}ms` }}
        aria-describedby="sos-how"
        onPointerDown={(event) => {
          isByPointer.current = event.pointerType !== ''
          setHeld(true)
          timer.current = setTimeout(() => {
            letGo()
            onHeld()
          }, HOLD_MS)
        }}
        onPointerUp={letGo}
        onPointerLeave={letGo}
        onPointerCancel={letGo}
        onContextMenu={(event) => event.preventDefault()}
        onClick={(event) => {
          // A click without a pointer came from a keyboard or an assistive tool.
          if (event.detail !== 0 || isByPointer.current) {
            isByPointer.current = false
            return
          }
          if (isArmed) onHeld()
          else setArmed(true)
        }}
      >
        {isArmed ? t('rescue:again') : t('rescue:hold')}
      </button>
      <p id="sos-how" class="small" role="status">
        {isArmed ? t('rescue:armed') : t('rescue:how')}
      </p>
    </div>
  )
}
