/** The mark: a commune loudspeaker that also listens. */
export function LoaMark() {
  return (
    <svg viewBox="0 0 48 48" width="40" height="40" aria-hidden="true" focusable="false">
      <g fill="none" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round">
        <path stroke="currentColor" d="M7 20v8h6l13 8V12L13 20H7zM15 28l2.5 9h5" />
        <path class="gold" d="M32 18.5a8 8 0 0 1 0 11M37 13.5a15 15 0 0 1 0 21" />
      </g>
    </svg>
  )
}

/** Six double arches over water, as the old bridge of Huế crosses the Perfume River. */
const ARCHES = Array.from({ length: 6 }, (_, i) => i * 100)

/** The bridge at the foot of the masthead; decoration only. */
export function Bridge() {
  return (
    <svg
      class="bridge"
      viewBox="0 0 600 62"
      preserveAspectRatio="xMidYMax meet"
      aria-hidden="true"
      focusable="false"
    >
      <g fill="none" stroke="currentColor" stroke-linecap="round">
        {ARCHES.map((x) => (
          <g key={x}>
            <path
              stroke-width="2.5"
              d={`M${x + 2} 44C${x + 18} 10 ${x + 34} 6 ${x + 50} 6s32 4 48 38`}
            />
            <path
              stroke-width="1"
              d={[14, 26, 38, 50, 62, 74, 86]
                .map((dx) => `M${x + dx} 44V${6 + ((dx - 50) / 50) ** 2 * 34}`)
                .join('')}
            />
            <path stroke-width="4" d={`M${x + 100} 44v12`} />
          </g>
        ))}
        <path stroke-width="3" d="M0 44H600" />
      </g>
    </svg>
  )
}
