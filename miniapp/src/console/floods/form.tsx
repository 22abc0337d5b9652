import { useId, useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Button } from '../../ui/button.tsx'
import { Choices } from '../../ui/choices.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useWork } from '../access/use-work.ts'
import { fromLocalBox, toLocalBox } from '../local-box.ts'
import { addPoint, editPoint } from './calls.ts'
import { type Boxes, inputOf } from './input-of.ts'

const ROADS = ['open', 'hard', 'closed'] as const

type Props = {
  first: Boxes
  /** The point that is changed; without it a new one. */
  of?: { id: string; version: number }
  onSaved: () => void
  onClose: () => void
}

/** A point: where it is, whether one gets through, and the depth with its hour and source. */
export function PointForm({ first, of, onSaved, onClose }: Props) {
  const [boxes, setBoxes] = useState(first)
  const [isTried, setTried] = useState(false)
  const { isBusy, problem, run } = useWork()
  const set = (changed: Partial<Boxes>) => setBoxes({ ...boxes, ...changed })
  const input = inputOf(boxes)
  const save = async () => {
    setTried(true)
    if (input === undefined) return
    if (!(await run(() => (of ? editPoint(of.id, of.version, input) : addPoint(input))))) return
    onSaved()
    onClose()
  }
  return (
    <Sheet title={t('desk:floods.form')} closeLabel={t('console:close')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {problem !== undefined && <ProblemNotice problem={problem} />}
        <TextField
          label={t('desk:floods.name')}
          hint={t('desk:floods.name_hint')}
          value={boxes.name}
          maxLength={120}
          isRequired
          onInput={(name) => set({ name })}
        />
        <TextField
          label={t('desk:floods.other_names')}
          hint={t('desk:floods.other_names_hint')}
          value={boxes.otherNames}
          onInput={(otherNames) => set({ otherNames })}
        />
        <TextField
          label={t('desk:floods.at')}
          hint={t('desk:floods.at_hint')}
          value={boxes.at}
          isRequired
          onInput={(at) => set({ at })}
          {...(isTried && input === undefined ? { error: t('desk:floods.at_error') } : {})}
        />
        <Choices
          legend={t('desk:floods.road')}
          options={ROADS.map((road) => ({
            value: road,
            label: t(asKey(`desk:floods.road.${road}`)),
          }))}
          value={boxes.road}
          onChange={(road) => set({ road })}
        />
        <Depth boxes={boxes} set={set} />
        <Button type="submit" isWide isBusy={isBusy}>
          {t('desk:floods.save')}
        </Button>
      </form>
    </Sheet>
  )
}

type DepthProps = { boxes: Boxes; set: (changed: Partial<Boxes>) => void }

function Depth({ boxes, set }: DepthProps) {
  const id = useId()
  const hasDepth = boxes.depthCm.trim() !== ''
  return (
    <>
      <div class="field">
        <label class="field-label" for={id}>
          {t('desk:floods.depth')}
        </label>
        <p class="field-hint">{t('desk:floods.depth_hint')}</p>
        <input
          id={id}
          class="input"
          type="number"
          inputMode="numeric"
          min="0"
          max="1000"
          step="1"
          value={boxes.depthCm}
          onInput={(event) => set({ depthCm: event.currentTarget.value })}
        />
      </div>
      {hasDepth && (
        <>
          <div class="field">
            <label class="field-label" for={`${id}-at`}>
              {t('desk:floods.measured_at')}
            </label>
            <input
              id={`${id}-at`}
              class="input"
              type="datetime-local"
              required
              value={toLocalBox(boxes.measuredAt)}
              onInput={(event) => {
                const measuredAt = fromLocalBox(event.currentTarget.value)
                if (measuredAt !== undefined) set({ measuredAt })
              }}
            />
          </div>
          <TextField
            label={t('desk:floods.source')}
            hint={t('desk:floods.source_hint')}
            value={boxes.source}
            maxLength={120}
            isRequired
            onInput={(source) => set({ source })}
          />
        </>
      )}
    </>
  )
}
