import { type ComponentChildren, type ComponentType, Fragment } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { addWords } from '../shared/i18n.ts'
import { ProblemNotice, Skeleton } from '../ui/feedback.tsx'

type Loaded<P> = { Part?: ComponentType<P>; problem?: unknown }

/** Words of the console's lazy parts; asked for once, and early by who waits for none of them yet. */
export const readDeskWords = (): Promise<void> =>
  import('./desk-words.ts').then(({ DESK_WORDS }) => addWords(DESK_WORDS))

/**
 * A part of the console in a chunk of its own, with its words and a second try when the chunk does not come. `Frame`:
 * the page around it meanwhile, where nothing else is one.
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  Frame: ComponentType<{ children: ComponentChildren }> = Fragment,
) {
  let kept: ComponentType<P> | undefined
  return function LazyPart(props: P) {
    const [{ Part, problem }, setLoaded] = useState<Loaded<P>>(kept ? { Part: kept } : {})
    const start = () => {
      Promise.all([load(), readDeskWords()]).then(
        ([part]) => {
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
    return (
      <Frame>
        {problem === undefined ? <Skeleton /> : <ProblemNotice problem={problem} onRetry={start} />}
      </Frame>
    )
  }
}
