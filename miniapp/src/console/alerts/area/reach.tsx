import { useEffect, useState } from 'preact/hooks'
import { t } from '../../../shared/i18n.ts'
import { Notice, ProblemNotice } from '../../../ui/feedback.tsx'
import { type Draft, type Reach, readReach } from '../calls.ts'

/** A corner that is dragged asks once, when it rests. */
const RESTS_MS = 400
const NAMED_UNITS = 6

/** Before it is released: the communes and hamlets in its area, and how many people would be written to. */
export function ReachOf({ about }: { about: Pick<Draft, 'area' | 'kind' | 'level'> }) {
  const [reach, setReach] = useState<Reach>()
  const [problem, setProblem] = useState<unknown>()
  const { area, kind, level } = about
  const key = JSON.stringify({ area, kind, level })
  useEffect(() => {
    let isStale = false
    const timer = setTimeout(() => {
      readReach(JSON.parse(key)).then(
        (found) => {
          if (isStale) return
          setReach(found)
          setProblem(undefined)
        },
        (caught: unknown) => !isStale && setProblem(caught),
      )
    }, RESTS_MS)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [key])
  if (problem !== undefined) return <ProblemNotice problem={problem} />
  return (
    <div role="status">
      {reach && (reach.units.length === 0 ? <Nobody /> : <Seen {...reach} />)}
    </div>
  )
}

const Nobody = () => <Notice kind="warn">{t('desk:alerts.reach.nowhere')}</Notice>

function Seen({ units, hamlets, recipients, inboxOnly }: Reach) {
  const more = units.length - NAMED_UNITS
  const names = [
    ...units.slice(0, NAMED_UNITS),
    ...(more > 0 ? [t('desk:alerts.reach.more', { n: more })] : []),
  ]
  return (
    <p>
      <strong>{t('desk:alerts.reach.people', { n: recipients })}</strong>{' '}
      {inboxOnly > 0 && t('desk:alerts.reach.inbox', { n: inboxOnly })}
      <br />
      <span class="muted small">
        {t('desk:alerts.reach.units', { n: units.length, names: names.join(', ') })}
        {hamlets > 0 && ` ${t('desk:alerts.reach.hamlets', { n: hamlets })}`}
      </span>
    </p>
  )
}
