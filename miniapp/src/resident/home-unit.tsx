import { useCallback, useEffect, useState } from 'preact/hooks'
import { platform } from '../platform/index.ts'
import { readText, writeText } from '../shared/storage.ts'
import { ProblemNotice, Skeleton } from '../ui/feedback.tsx'
import { listUnits } from './calls.ts'

export type HomeUnit = { code: string; name: string }

const KEY = 'loa.home'

function readKept(): HomeUnit | undefined {
  const [code, name] = (readText(KEY) ?? '').split('|')
  return code && name ? { code, name } : undefined
}

/** `home` is undefined until the first answer; `problem`: why none came, and `retry` asks again. */
type Home = { home: HomeUnit | undefined; problem: unknown; retry: () => void }

/**
 * The commune that this installation belongs to, as the API says it; kept on the device, so that the next visit knows
 * it at once.
 */
export function useHomeUnit(): Home {
  const [home, setHome] = useState(readKept)
  const [problem, setProblem] = useState<unknown>()
  const [attempt, setAttempt] = useState(0)
  const retry = useCallback(() => {
    setProblem(undefined)
    setAttempt((n) => n + 1)
  }, [])
  useEffect(() => {
    listUnits().then(({ home: code, units }) => {
      const unit = units.find((u) => u.code === code)
      if (unit === undefined) return
      // "xã Quảng Điền" inside a sentence; kinds are part of a name and are not translated.
      const name = unit.fullName.charAt(0).toLowerCase() + unit.fullName.slice(1)
      writeText(KEY, `${code}|${name}`)
      setHome((known) => (known?.code === code && known.name === name ? known : { code, name }))
    }, setProblem)
  }, [attempt])
  const hasFailed = problem !== undefined
  useEffect(() => platform().onOnline((isOnline) => isOnline && hasFailed && retry()), [hasFailed])
  return { home, problem, retry }
}

/** In place of what needs the commune: bones while it is asked for, words and a second try when no answer came. */
export function HomeAwaited({ home: { problem, retry }, rows }: { home: Home; rows: number }) {
  return problem === undefined ? (
    <Skeleton rows={rows} />
  ) : (
    <ProblemNotice problem={problem} onRetry={retry} />
  )
}
