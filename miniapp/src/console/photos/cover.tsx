import { useRef, useState } from 'preact/hooks'
import { originalUrl } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { redactPhoto } from '../calls.ts'
import { type Box, boxBetween, keyed, MIDDLE, type Point } from './boxes.ts'
import type { Photo } from './photos.tsx'

type CoverProps = {
  id: string
  photo: Photo
  name: string
  onDone: () => void
  load: () => Promise<void>
}

const percent = (share: number) => `${share * 100}%`
const placeOf = ({ x, y, width, height }: Box) => ({
  left: percent(x),
  top: percent(y),
  width: percent(width),
  height: percent(height),
})

/** Draws parts to be covered, by pointer or by keys; everybody but officials of the case sees them painted over. */
export function Cover({ id, photo, name, onDone, load }: CoverProps) {
  const [boxes, setBoxes] = useState<readonly Box[]>(photo.boxes)
  const [from, setFrom] = useState<Point>()
  const [to, setTo] = useState<Point>()
  const stage = useRef<HTMLDivElement>(null)
  const { isBusy, problem, run } = useWork()
  const drawn = from && to && boxBetween(from, to)

  const pointOf = (event: PointerEvent): Point => {
    const frame = stage.current?.getBoundingClientRect()
    if (frame === undefined) return { x: 0, y: 0 }
    return {
      x: (event.clientX - frame.left) / frame.width,
      y: (event.clientY - frame.top) / frame.height,
    }
  }
  const begin = (event: PointerEvent) => {
    if (event.button !== 0) return
    stage.current?.setPointerCapture(event.pointerId)
    setFrom(pointOf(event))
    setTo(undefined)
  }
  const end = () => {
    if (drawn) setBoxes([...boxes, drawn])
    setFrom(undefined)
    setTo(undefined)
  }
  const change = (at: number, box: Box | undefined) =>
    setBoxes(boxes.flatMap((one, i) => (i === at ? (box ?? []) : one)))
  const onKey = (event: KeyboardEvent, at: number, box: Box) => {
    const isGone = event.key === 'Delete' || event.key === 'Backspace'
    const next = keyed(box, event.key, event.shiftKey)
    if (!isGone && next === undefined) return
    event.preventDefault()
    change(at, isGone ? undefined : next)
  }
  const save = async () => {
    if ((await run(() => redactPhoto(id, photo, [...boxes]))) !== undefined) onDone()
    else await load()
  }
  return (
    <div class="desk-cover">
      <p class="small">{t('console:photo.cover_hint')}</p>
      <div class="desk-cover-frame">
        <div
          ref={stage}
          class="desk-cover-stage"
          onPointerDown={begin}
          onPointerMove={(event) => from && setTo(pointOf(event))}
          onPointerUp={end}
          onPointerCancel={() => setFrom(undefined)}
        >
          <img src={originalUrl(photo.mediaId)} alt={name} draggable={false} />
          {boxes.map((box, i) => (
            <button
              key={i}
              type="button"
              class="desk-cover-box"
              style={placeOf(box)}
              aria-label={t('console:photo.box', { number: i + 1 })}
              onPointerDown={(event) => event.stopPropagation()}
              onClick={() => change(i, undefined)}
              onKeyDown={(event) => onKey(event, i, box)}
            />
          ))}
          {drawn && <span class="desk-cover-box drawn" style={placeOf(drawn)} />}
        </div>
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="button-row">
        <Button look="secondary" onClick={() => setBoxes([...boxes, MIDDLE])}>
          {t('console:photo.add_box')}
        </Button>
        <Button isBusy={isBusy} onClick={() => void save()}>
          {t('console:photo.save', { count: boxes.length })}
        </Button>
      </div>
    </div>
  )
}
