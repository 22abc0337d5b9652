import type { ComponentChildren, ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { isForgetful } from '../offline/idb.ts'
import { platform } from '../platform/index.ts'
import { t } from '../shared/i18n.ts'
import { ProblemNotice, Skeleton } from '../ui/feedback.tsx'
import { Page } from './page.tsx'

type Loaded<P> = { Part?: ComponentType<P>; problem?: unknown }
type Load<P> = () => Promise<ComponentType<P>>
type Frame = ComponentType<{ children: ComponentChildren }>

/** A component in a chunk of its own: bones while it loads, words and a second try when it does not come. */
function lazy<P extends object>(load: Load<P>, Frame: Frame) {
  let kept: ComponentType<P> | undefined
  const fetchPart = async () => {
    kept = await load()
    return kept
  }
  function Lazy(props: P) {
    const [{ Part, problem }, setLoaded] = useState<Loaded<P>>(kept ? { Part: kept } : {})
    const start = (onFailure: (reason: unknown) => void) => {
      fetchPart().then((part) => setLoaded({ Part: part }), onFailure)
    }
    const say = (reason: unknown) => setLoaded({ problem: reason })
    // A server with a newer version no longer has this part: the whole page has to come anew. Drafts are on the disk.
    const again = () =>
      start((reason) => {
        if (platform().isOnline() && !isForgetful()) location.reload()
        else say(reason)
      })
    useEffect(() => {
      if (kept === undefined) start(say)
    }, [])
    if (Part) return <Part {...props} />
    return (
      <Frame>
        {problem === undefined ? <Skeleton /> : <ProblemNotice problem={problem} onRetry={again} />}
      </Frame>
    )
  }
  return Object.assign(Lazy, { ahead: fetchPart })
}

const WholePage: Frame = ({ children }) => (
  <Page title={t('miniapp:loading')} isBare>
    {children}
  </Page>
)
const PartOfPage: Frame = ({ children }) => <div>{children}</div>

/** A page that comes when it is opened, or earlier when `ahead` is called. */
export const lazyPage = <P extends object>(load: Load<P>) => lazy(load, WholePage)

/** A part of a page that comes when it is wanted. */
export const lazyPart = <P extends object>(load: Load<P>) => lazy(load, PartOfPage)
