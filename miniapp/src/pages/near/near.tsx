import './near.css'
import { useState } from 'preact/hooks'
import { type Box, type LngLat, roundForPublic } from '../../../../api/core/geo.ts'
import { platform } from '../../platform/index.ts'
import { type Asking, AskPlace, NEAR_RADIUS_M } from '../../resident/ask-place.tsx'
import { HomeAwaited, useHomeUnit } from '../../resident/home-unit.tsx'
import { lazyPart } from '../../resident/lazy-page.tsx'
import { Page } from '../../resident/page.tsx'
import { currentQuery, keepQuery, pushQuery, useHashQuery } from '../../resident/route.ts'
import { t } from '../../shared/i18n.ts'
import { Choices } from '../../ui/choices.tsx'
import type { Where } from './calls.ts'
import { Filters, SearchBox } from './filters.tsx'
import { NearList } from './list.tsx'
import { type MapView, type NearState, nearQuery, parseNear } from './state.ts'

const MapPart = lazyPart(() => import('./window.tsx').then((m) => m.MapWindow))

const NEAR_ZOOM = 15
const VIEWS = ['list', 'map'] as const

/** What was reported around here: a register, and on a tap a map beside it. The address holds all of it. */
export function NearPage() {
  const known = useHomeUnit()
  const { home } = known
  const state = parseNear(useHashQuery())
  const [me, setMe] = useState<LngLat>()
  const [asking, setAsking] = useState<Asking>('not yet')
  const [box, setBox] = useState<Box>()
  // The map notes its view in the address without a redraw: what stands there now goes along.
  const change = (next: NearState) => {
    const { view } = parseNear(currentQuery())
    pushQuery(nearQuery(view === undefined ? next : { ...next, view }))
  }
  const ask = async () => {
    setAsking('asking')
    const answer = await platform().place()
    setAsking(answer.kind === 'found' ? 'not yet' : answer.kind)
    if (answer.kind !== 'found') return
    // Rounded to ~100 m: it stands in the address line of the request.
    const at = roundForPublic(answer)
    setMe(at)
    if (state.isMap) pushQuery(nearQuery({ ...state, view: { ...at, zoom: NEAR_ZOOM } }))
  }
  const moved = (view: MapView, next: Box) => {
    setBox(next)
    keepQuery(nearQuery({ ...state, view }))
  }
  const where: Where | undefined =
    state.isMap && box !== undefined
      ? { box }
      : me !== undefined
        ? { ...me, radiusM: NEAR_RADIUS_M }
        : home && { unit: home.code }
  return (
    <Page title={t('miniapp:near.title')} isBare isWide>
      <div class={state.isMap ? 'near with-map' : 'near'}>
        <div class="near-head stack">
          <h1>{t('miniapp:near.title')}</h1>
          <p class="muted">{t('miniapp:near.text')}</p>
          <Choices
            legend={t('screens:near.view')}
            isLegendHidden
            look="chips"
            options={VIEWS.map((value) => ({ value, label: t(`screens:near.view.${value}`) }))}
            value={state.isMap ? 'map' : 'list'}
            onChange={(view) => change({ ...state, isMap: view === 'map' })}
          />
          <SearchBox state={state} onChange={change} />
          <Filters state={state} onChange={change} />
          {me === undefined &&
            (!state.isMap || asking === 'denied' || asking === 'unavailable') && (
              <AskPlace asking={asking} onAsk={ask} />
            )}
        </div>
        {state.isMap && home && (
          <div class="near-map">
            <MapPart
              homeCode={home.code}
              state={state}
              onMoved={moved}
              onMe={ask}
              {...(me ? { me } : {})}
            />
          </div>
        )}
        <section
          class="near-list stack"
          aria-label={t('screens:near.view.list')}
          aria-live="polite"
        >
          {where === undefined ? (
            <HomeAwaited home={known} rows={3} />
          ) : (
            <NearList
              where={where}
              state={state}
              onReset={() => change({ isMap: state.isMap })}
              {...(me ? { from: me } : {})}
            />
          )}
        </section>
      </div>
    </Page>
  )
}
