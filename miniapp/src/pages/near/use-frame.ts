import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { moveBy, type Size, type Spot, zoomAt } from './projection.ts'
import { clampZoom, type MapView } from './state.ts'

const KEY_STEP_PX = 80
const KEY_ZOOM = 1
const WHEEL_ZOOM = 0.002
/** Less than this is a press with an unsteady finger. */
const DRAG_FROM_PX = 6

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [KEY_STEP_PX, 0],
  ArrowRight: [-KEY_STEP_PX, 0],
  ArrowUp: [0, KEY_STEP_PX],
  ArrowDown: [0, -KEY_STEP_PX],
}

/** The size of an element, kept up to date. */
export function useSize(ref: RefObject<HTMLElement | null>): Size | undefined {
  const [size, setSize] = useState<Size>()
  useEffect(() => {
    const element = ref.current
    if (element === null) return
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element
      setSize((old) => (old?.width === width && old.height === height ? old : { width, height }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return size
}

type Change = (next: (view: MapView) => MapView) => void

/** Moves and zooms with one finger or two, the wheel, and the keys of a keyboard. */
export function useGestures(
  ref: RefObject<HTMLElement | null>,
  size: Size | undefined,
  change: Change,
) {
  const latest = useRef({ size, change })
  latest.current = { size, change }
  useEffect(() => {
    const frame = ref.current
    if (frame === null) return
    const fingers = new Map<number, Spot>()
    let isDragging = false
    const spotOf = (event: MouseEvent): Spot => {
      const { left, top } = frame.getBoundingClientRect()
      return { x: event.clientX - left, y: event.clientY - top }
    }
    const zoom = (by: number, at: Spot) => {
      const { size, change } = latest.current
      if (size) change((view) => zoomAt(view, clampZoom(view.zoom + by), at, size))
    }
    const down = (event: PointerEvent) => {
      fingers.set(event.pointerId, spotOf(event))
      if (fingers.size > 1) isDragging = true
    }
    const move = (event: PointerEvent) => {
      const before = fingers.get(event.pointerId)
      if (before === undefined) return
      const now = spotOf(event)
      const [dx, dy] = [now.x - before.x, now.y - before.y]
      if (!isDragging && Math.hypot(dx, dy) < DRAG_FROM_PX) return
      if (!isDragging) frame.setPointerCapture(event.pointerId)
      isDragging = true
      fingers.set(event.pointerId, now)
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1]
      if (other === undefined) return latest.current.change((view) => moveBy(view, dx, dy))
      const apart = (a: Spot) => Math.max(1, Math.hypot(a.x - other.x, a.y - other.y))
      latest.current.change((view) => moveBy(view, dx / 2, dy / 2))
      zoom(Math.log2(apart(now) / apart(before)), {
        x: (now.x + other.x) / 2,
        y: (now.y + other.y) / 2,
      })
    }
    const up = (event: PointerEvent) => {
      fingers.delete(event.pointerId)
      if (fingers.size === 0) isDragging = false
    }
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      zoom(-event.deltaY * WHEEL_ZOOM, spotOf(event))
    }
    const press = (event: KeyboardEvent) => {
      const { size, change } = latest.current
      const arrow = ARROWS[event.key]
      const isZoom = event.key === '+' || event.key === '=' || event.key === '-'
      if (size === undefined || (arrow === undefined && !isZoom)) return
      event.preventDefault()
      if (arrow) return change((view) => moveBy(view, ...arrow))
      const middle = { x: size.width / 2, y: size.height / 2 }
      zoom(event.key === '-' ? -KEY_ZOOM : KEY_ZOOM, middle)
    }
    const ended = new AbortController()
    const options = { signal: ended.signal }
    frame.addEventListener('pointerdown', down, options)
    frame.addEventListener('pointermove', move, options)
    frame.addEventListener('pointerup', up, options)
    frame.addEventListener('pointercancel', up, options)
    frame.addEventListener('wheel', wheel, { ...options, passive: false })
    frame.addEventListener('keydown', press, options)
    return () => ended.abort()
  }, [ref])
}
