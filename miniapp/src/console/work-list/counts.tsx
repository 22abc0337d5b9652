import { Link } from 'wouter-preact'
import { t } from '../../shared/i18n.ts'
import type { Counts } from '../types.ts'

/** Each figure with the list of what it counts. */
const COUNTS = [
  ['mine', '/?source=case'],
  ['waiting', '/open?state=received'],
  ['urgent', '/open?urgency=urgent'],
  ['late', '/open?due=late'],
  ['due_today', '/open?due=today'],
  ['to_approve', '/open?state=answer_proposed'],
] as const

export function CountTiles({ counts }: { counts: Counts }) {
  return (
    <ul class="desk-counts">
      {COUNTS.map(([name, path]) => (
        <li key={name}>
          <Link href={path} class={`desk-count ${name} ${counts[name] === 0 ? 'zero' : ''}`}>
            <span class="desk-count-name">{t(`console:count.${name}`)}</span>
            <span class="desk-count-number">{counts[name]}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
