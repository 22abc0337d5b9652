import type { Photo } from './photos.tsx'

export type Box = Photo['boxes'][number]
export type Point = { x: number; y: number }

/** Shares of the picture; smaller is a slip of the finger. */
const SMALLEST = 0.01
const clamp = (value: number, most = 1) => Math.min(most, Math.max(0, value))

/** The part between two corners, whichever was pressed first; undefined when it is only a tap. */
export function boxBetween(a: Point, b: Point): Box | undefined {
  const [x, y] = [clamp(Math.min(a.x, b.x)), clamp(Math.min(a.y, b.y))]
  const [width, height] = [clamp(Math.max(a.x, b.x)) - x, clamp(Math.max(a.y, b.y)) - y]
  return width < SMALLEST || height < SMALLEST ? undefined : { x, y, width, height }
}

/** A part in the middle, for those who do not draw: keys move and stretch it. */
export const MIDDLE: Box = { x: 0.4, y: 0.4, width: 0.2, height: 0.2 }

const STEP = 0.02
const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
}

/** An arrow moves the part, with Shift its lower right corner; it stays inside the picture. Undefined: no such key. */
export function keyed(box: Box, key: string, isStretched: boolean): Box | undefined {
  const by = ARROWS[key]
  if (by === undefined) return undefined
  const { x, y, width, height } = box
  if (isStretched)
    return {
      x,
      y,
      width: Math.max(SMALLEST, clamp(width + by.x, 1 - x)),
      height: Math.max(SMALLEST, clamp(height + by.y, 1 - y)),
    }
  return { x: clamp(x + by.x, 1 - width), y: clamp(y + by.y, 1 - height), width, height }
}
