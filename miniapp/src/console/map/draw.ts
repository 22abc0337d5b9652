import type { Size } from '../../pages/near/projection.ts'
import type { Mark } from './points.ts'

const SMALLEST_PX = 11
const LARGEST_PX = 24

/** Larger for more, in steps that the eye tells apart. */
const radiusOf = (count: number): number =>
  count === 1 ? SMALLEST_PX - 3 : Math.min(LARGEST_PX, SMALLEST_PX + 3.4 * Math.log10(count) * 2)

export type Colours = { usual: string; late: string; rim: string; words: string }

/** The colours of the page, light or dark. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element)
  const read = (name: string) => style.getPropertyValue(name).trim()
  return {
    usual: read('--accent'),
    late: read('--danger'),
    rim: read('--surface'),
    words: read('--on-accent'),
  }
}

/** Draws all marks anew: the share of late ones as an arc of the rim, a second ring where one is urgent. */
export function drawMarks(
  canvas: HTMLCanvasElement,
  marks: readonly Mark[],
  size: Size,
  colours: Colours,
): void {
  const ratio = window.devicePixelRatio || 1
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)]
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  const pen = canvas.getContext('2d')
  if (pen === null) return
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
  pen.clearRect(0, 0, size.width, size.height)
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.font = '600 12px "Be Vietnam Pro", sans-serif'
  for (const { x, y, count, late, urgent } of marks) {
    const radius = radiusOf(count)
    const ring = (by: number, style: string) => {
      pen.beginPath()
      pen.arc(x, y, radius + by, 0, Math.PI * 2)
      pen.fillStyle = style
      pen.fill()
    }
    const fill = late * 2 > count ? colours.late : colours.usual
    if (urgent > 0) ring(6, fill)
    ring(3, colours.rim)
    ring(0, fill)
    if (count === 1) continue
    if (late > 0) {
      pen.beginPath()
      pen.arc(x, y, radius + 1.5, -Math.PI / 2, -Math.PI / 2 + (late / count) * Math.PI * 2)
      pen.lineWidth = 3
      pen.strokeStyle = colours.late
      pen.stroke()
    }
    pen.fillStyle = colours.words
    pen.fillText(count > 9_999 ? `${Math.round(count / 1000)}k` : String(count), x, y + 0.5)
  }
}
