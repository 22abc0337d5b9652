import type { ComponentChildren } from 'preact'
import { t } from '../shared/i18n.ts'
import { asKey } from '../shared/keys.ts'
import type { River } from './readings-calls.ts'

/** How high a stage is, in the tone of its badge; a silent gauge has none. */
function toneOf({ isStale, stage = 0 }: River): string {
  if (isStale) return 'ended'
  return stage >= 2 ? 'late' : stage === 1 ? 'waiting' : 'done'
}

function standingText({ isStale, at, standing }: River): string {
  if (at === null) return t('screens:water.none')
  if (isStale) return t('screens:water.silent')
  if (standing === undefined || standing.kind === 'unknown') return t('screens:water.measured')
  return t(asKey(`screens:water.${standing.kind}`), {
    stage: t(asKey(`screens:water.stage.${standing.stage ?? 1}`)),
  })
}

/** A river at one station in the server's own words, which carry level, trend, source and clock time. */
export function RiverCard({ river, children }: { river: River; children?: ComponentChildren }) {
  return (
    <div class="card stack tight">
      <p class="badges">
        <span class={`badge ${toneOf(river)}`}>{standingText(river)}</span>
      </p>
      <p>{river.text}</p>
      {children}
    </div>
  )
}
