/** A grown person of the plain, in cm; what marks are measured on. */
const TALL_CM = 165
/** Drawn at one unit a centimetre, with air above the head. */
const TOP = 15
const FLOOR = TOP + TALL_CM

/** How high water stands on a body. Hidden from screen readers: the words beside it say it. */
export function Body({ depthCm }: { depthCm: number }) {
  const surface = Math.max(4, FLOOR - depthCm)
  return (
    <svg class="flood-body" viewBox={`0 0 90 ${FLOOR + 6}`} aria-hidden="true" focusable="false">
      <g class="flood-person">
        <circle cx="45" cy={TOP + 12} r="12" />
        <path
          d={`M31 ${TOP + 30} h28 a6 6 0 0 1 6 6 v46 h-8 v-40 h-3 v83 h-8 v-40 h-2 v40 h-8 v-83 h-3 v40 h-8 v-46 a6 6 0 0 1 6 -6 z`}
        />
      </g>
      {depthCm > 2 && (
        <path
          class="flood-water"
          d={`M0 ${surface} q11 -5 22.5 0 t22.5 0 t22.5 0 t22.5 0 V${FLOOR + 6} H0 z`}
        />
      )}
      <path class="flood-floor" d={`M0 ${FLOOR + 4} h90`} />
    </svg>
  )
}
