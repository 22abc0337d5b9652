import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { ProblemNotice, Skeleton } from '../ui/feedback.tsx'

type Loaded<P> = { Part?: ComponentType<P>; problem?: unknown }

/** A part of the console in a chunk of its own, with a second try when the chunk does not come. */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>) {
  let kept: ComponentType<P> | undefined
  return function LazyPart(props: P) {
    const [{ Part, problem }, setLoaded] = useState<Loaded<P>>(kept ? { Part: kept } : {})
    const start = () => {
      load().then(
        (part) => {
          kept = part
          setLoaded({ Part: part })
        },
        (reason: unknown) => setLoaded({ problem: reason }),
      )
    }
    useEffect(() => {
      if (kept === undefined) start()
    }, [])
    if (Part) return <Part {...props} />
    return problem === undefined ? (
      <Skeleton />
    ) : (
      <ProblemNotice problem={problem} onRetry={start} />
    )
  }
}
