import '../alerts/alerts.css'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDateTime } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { useLoad } from '../../shared/use-load.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import { Begin } from '../begin.tsx'
import { CardList } from '../card-list.tsx'
import type { Official } from '../types.ts'
import { closePoint, listDeskPoints, type Point } from './calls.ts'
import { PointForm } from './form.tsx'
import { type Boxes, boxesOf, emptyBoxes } from './input-of.ts'

type Open = { first: Boxes; of?: { id: string; version: number } }

const at = (iso: string): string => formatDateTime(new Date(iso))

/** Flood points of the desk: what stands there, and what residents say of it. */
export function FloodsPage({ me }: { me: Official }) {
  const [loaded, retry] = useLoad('flood points', listDeskPoints)
  const [form, setForm] = useState<Open>()
  const { isBusy, problem, run } = useWork()
  return (
    <div class="desk-narrow stack alert-desk">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('console:menu.floods')}</h1>
      <p class="muted">{t('desk:floods.text')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {loaded.state === 'loading' && <Skeleton />}
      {loaded.state === 'failed' && <ProblemNotice problem={loaded.problem} onRetry={retry} />}
      {loaded.state === 'ready' && (
        <>
          <Begin
            me={me}
            label={t('desk:floods.new')}
            onBegin={(unitCode) => setForm({ first: emptyBoxes(unitCode, new Date()) })}
          />
          <CardList title={t('desk:floods.watched')} none={t('desk:floods.none')}>
            {loaded.data.map((point) => (
              <PointCard
                key={point.id}
                point={point}
                isBusy={isBusy}
                onEdit={() =>
                  setForm({
                    first: boxesOf(point, new Date()),
                    of: { id: point.id, version: point.version },
                  })
                }
                onClose={() => void run(() => closePoint(point)).then(retry)}
              />
            ))}
          </CardList>
        </>
      )}
      {form && <PointForm {...form} onSaved={retry} onClose={() => setForm(undefined)} />}
    </div>
  )
}

type CardProps = { point: Point; isBusy: boolean; onEdit: () => void; onClose: () => void }

function PointCard({ point, isBusy, onEdit, onClose }: CardProps) {
  const [isAsking, setAsking] = useState(false)
  const { name, unit, road, roadAt, official, residents, isFlooded } = point
  return (
    <li class="card stack tight">
      <p class="badges">
        <span class={`badge ${road === 'closed' ? 'late' : road === 'hard' ? 'waiting' : 'done'}`}>
          {t(asKey(`desk:floods.road.${road}`))}
        </span>
        {isFlooded && <span class="badge late">{t('desk:floods.wet')}</span>}
      </p>
      <h3>{name}</h3>
      <p class="muted small">
        {unit} · {t('desk:floods.road_since', { time: at(roadAt) })}
      </p>
      <p>
        {official === null
          ? t('desk:floods.no_depth')
          : t(official.isOld ? 'desk:floods.stated_old' : 'desk:floods.stated', {
              ...{ cm: official.cm, time: at(official.measuredAt), source: official.source },
            })}
      </p>
      <p>
        {residents === null
          ? t('desk:floods.nobody')
          : t('desk:floods.residents', {
              ...{ count: residents.reports, low: residents.lowCm, high: residents.highCm },
              ...{ cm: residents.medianCm, time: at(residents.lastAt) },
            })}
      </p>
      {isAsking ? (
        <div class="button-row">
          <Button look="danger" isBusy={isBusy} onClick={onClose}>
            {t('desk:floods.close_yes')}
          </Button>
          <Button look="quiet" onClick={() => setAsking(false)}>
            {t('desk:floods.close_no')}
          </Button>
        </div>
      ) : (
        <div class="button-row">
          <Button look="secondary" onClick={onEdit}>
            {t('desk:floods.edit')}
          </Button>
          <Button look="quiet" onClick={() => setAsking(true)}>
            {t('desk:floods.close')}
          </Button>
        </div>
      )}
    </li>
  )
}
