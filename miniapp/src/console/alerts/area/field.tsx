import { useEffect, useState } from 'preact/hooks'
import type { LngLat } from '../../../../../api/core/geo.ts'
import { t } from '../../../shared/i18n.ts'
import { asKey } from '../../../shared/keys.ts'
import { Button } from '../../../ui/button.tsx'
import { Choices } from '../../../ui/choices.tsx'
import { TextArea } from '../../../ui/field.tsx'
import type { Part } from '../../drafts/sheet.tsx'
import type { Draft } from '../calls.ts'
import { AreaMap } from './map.tsx'
import { closed, MIN_CORNERS, readShapes, type Shapes, shapesText, withCircle } from './shapes.ts'

const TOOLS = ['polygon', 'circle'] as const
type Tool = (typeof TOOLS)[number]
const FIRST_RADIUS_KM = 2

/** Where a warning holds beside named places: drawn on the map, or written as coordinates. Closed until somebody draws. */
export function AreaField({ draft, set }: Part<Draft>) {
  const { places = [], polygons = [], circles = [] } = draft.area
  const shapes = { polygons, circles }
  const count = polygons.length + circles.length
  const [isOpen, setOpen] = useState(count > 0)
  const isWhole = places.some(({ hamletId }) => hamletId === undefined)
  return (
    <details class="stack" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t('desk:alerts.area')} {count > 0 && `(${count})`}
      </summary>
      {isOpen && (
        <div class="stack">
          {isWhole && <p class="field-hint">{t('desk:alerts.area.whole')}</p>}
          <Drawing
            unitCode={draft.unitCode}
            shapes={shapes}
            onChange={(next) => set({ area: { ...draft.area, ...next } })}
          />
        </div>
      )}
    </details>
  )
}

type DrawingProps = { unitCode: string; shapes: Shapes; onChange: (shapes: Shapes) => void }

function Drawing({ unitCode, shapes, onChange }: DrawingProps) {
  const [tool, setTool] = useState<Tool>('polygon')
  const [open, setCorners] = useState<LngLat[]>([])
  const { polygons, circles } = shapes
  const close = () => {
    if (open.length < MIN_CORNERS) return
    onChange({ ...shapes, polygons: [...polygons, closed(open)] })
    setCorners([])
  }
  const tap = (at: LngLat) => {
    if (tool === 'polygon') return setCorners((now) => [...now, at])
    if (circles.length > 0) return onChange(withCircle(shapes, circles.length - 1, { center: at }))
    onChange({ ...shapes, circles: [{ center: at, radiusKm: FIRST_RADIUS_KM }] })
  }
  const isEmpty = open.length + polygons.length + circles.length === 0
  return (
    <>
      <Choices
        legend={t('desk:alerts.area.tool')}
        look="chips"
        options={TOOLS.map((value) => ({ value, label: t(asKey(`desk:alerts.area.${value}`)) }))}
        value={tool}
        onChange={setTool}
      />
      <p class="field-hint">{t(asKey(`desk:alerts.area.${tool}_hint`))}</p>
      <AreaMap
        unitCode={unitCode}
        shapes={shapes}
        edit={{ open, onTap: tap, onClose: close, onChange }}
      />
      <div class="button-row">
        {open.length >= MIN_CORNERS && (
          <Button onClick={close}>{t('desk:alerts.area.close')}</Button>
        )}
        {open.length > 0 && (
          <Button look="secondary" onClick={() => setCorners((now) => now.slice(0, -1))}>
            {t('desk:alerts.area.undo')}
          </Button>
        )}
        {!isEmpty && (
          <Button
            look="quiet"
            onClick={() => {
              setCorners([])
              onChange({ polygons: [], circles: [] })
            }}
          >
            {t('desk:alerts.area.clear')}
          </Button>
        )}
      </div>
      {circles.map(({ radiusKm }, i) => (
        // A circle has no name but its place in the list.
        <Radius
          key={`${i + 1}`}
          n={i + 1}
          radiusKm={radiusKm}
          onChange={(next) => onChange(withCircle(shapes, i, { radiusKm: next }))}
        />
      ))}
      <Coordinates shapes={shapes} onChange={onChange} />
    </>
  )
}

const RADIUS_MAX_KM = 200

function Radius({
  n,
  radiusKm,
  onChange,
}: {
  n: number
  radiusKm: number
  onChange: (radiusKm: number) => void
}) {
  return (
    <label class="field">
      <span class="field-label">{t('desk:alerts.area.radius', { n })}</span>
      <input
        class="input"
        type="number"
        inputMode="decimal"
        min="0.1"
        max={RADIUS_MAX_KM}
        step="0.1"
        value={radiusKm}
        onInput={(event) => {
          const next = Number(event.currentTarget.value)
          if (next > 0 && next <= RADIUS_MAX_KM) onChange(next)
        }}
      />
    </label>
  )
}

/** The same by keyboard: a line a shape. What cannot be read stays in the box and changes nothing. */
function Coordinates({ shapes, onChange }: Pick<DrawingProps, 'shapes' | 'onChange'>) {
  const drawn = shapesText(shapes)
  const [text, setText] = useState(drawn)
  const read = readShapes(text)
  useEffect(() => {
    const own = readShapes(text)
    // Drawn anew on the map: the box follows, unless it says the same in other words.
    if ('faultyLine' in own || shapesText(own) !== drawn) setText(drawn)
  }, [drawn])
  return (
    <TextArea
      label={t('desk:alerts.area.text')}
      hint={t('desk:alerts.area.text_hint')}
      value={text}
      rows={3}
      onInput={(next) => {
        setText(next)
        const found = readShapes(next)
        if (!('faultyLine' in found)) onChange(found)
      }}
      {...('faultyLine' in read
        ? { error: t('desk:alerts.area.text_error', { n: read.faultyLine }) }
        : {})}
    />
  )
}
