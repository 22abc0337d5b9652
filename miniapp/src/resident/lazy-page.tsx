import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../shared/i18n.ts'
import { ProblemNotice, Skeleton } from '../ui/feedback.tsx'
import { Page } from './page.tsx'

type Loaded<P> = { Part?: ComponentType<P>; problem?: unknown }

/** A page in a chunk of its own: bones while it loads, words and a second try when it does not come. */
export function lazyPage<P extends object>(load: () => Promise<ComponentType<P>>) {
  let kept: ComponentType<P> | undefined
  return function LazyPage(props: P) {
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
    return (
      <Page title={t('miniapp:loading')} isBare>
        {problem === undefined ? <Skeleton /> : <ProblemNotice problem={problem} onRetry={start} />}
      </Page>
    )
  }
}
