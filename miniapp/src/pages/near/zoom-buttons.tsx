import type { ComponentChildren } from 'preact'
import { Icon } from '../../ui/icons.tsx'
import { type Size, zoomAt } from './projection.ts'
import { clampZoom, type MapView } from './state.ts'

type Props = {
  size: Size | undefined
  setView: (change: (old: MapView) => MapView) => void
  /** Said by screen readers; each page has its own words loaded. */
  nearer: string
  farther: string
  /** Buttons that stand before these. */
  children?: ComponentChildren
}

/** Nearer and farther, around the middle of a map. */
export function ZoomButtons({ size, setView, nearer, farther, children }: Props) {
  const zoomBy = (by: number) => {
    if (size === undefined) return
    const middle = { x: size.width / 2, y: size.height / 2 }
    setView((old) => zoomAt(old, clampZoom(old.zoom + by), middle, size))
  }
  return (
    <div class="map-buttons">
      {children}
      <button type="button" class="map-button" aria-label={nearer} onClick={() => zoomBy(1)}>
        <Icon name="plus" />
      </button>
      <button type="button" class="map-button" aria-label={farther} onClick={() => zoomBy(-1)}>
        <Icon name="minus" />
      </button>
    </div>
  )
}
