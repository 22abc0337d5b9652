import type { Mark, Point } from '../../resident/flood-calls.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'

export const markName = (mark: Mark): string => t(asKey(`screens:flood.mark.${mark}`))

/** What is drawn: the fresh figure of officials, else the middle of what residents say. */
export const drawnCm = ({ official, residents }: Point): number | undefined =>
  official !== null && !official.isOld ? official.cm : residents?.medianCm

export function roadText({ road, isFlooded }: Point): string {
  const standing = road === 'open' && isFlooded ? 'watched' : road
  return t(asKey(`screens:flood.road.${standing}`))
}
