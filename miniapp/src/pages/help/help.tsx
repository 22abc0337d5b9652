import './help.css'
import { NeedSignIn } from '../../resident/need-sign-in.tsx'
import { Page } from '../../resident/page.tsx'
import { useHashQuery } from '../../resident/route.ts'
import { useSignedIn } from '../../resident/session.ts'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { AskForm } from './ask-form.tsx'
import { listOwn, readOffer } from './calls.ts'
import { OwnRequest } from './own.tsx'

function Requests() {
  const [own, againOwn] = useLoad('own', listOwn)
  const [offer, againOffer] = useLoad('offer', readOffer)
  const lessonId = useHashQuery().get('lesson') ?? undefined
  return (
    <>
      {own.state === 'failed' && <ProblemNotice problem={own.problem} onRetry={againOwn} />}
      {own.state === 'ready' && own.data.length > 0 && (
        <section class="stack" aria-labelledby="own-help">
          <h2 id="own-help">{t('screens:help.own')}</h2>
          {own.data.map((request) => (
            <OwnRequest key={request.id} request={request} onChange={againOwn} />
          ))}
        </section>
      )}
      {offer.state === 'loading' && <Skeleton rows={4} />}
      {offer.state === 'failed' && <ProblemNotice problem={offer.problem} onRetry={againOffer} />}
      {offer.state === 'ready' &&
        (offer.data.hamlets.length === 0 ? (
          <Notice>{t('screens:help.nowhere')}</Notice>
        ) : (
          <AskForm offer={offer.data} lessonId={lessonId} onAsked={againOwn} />
        ))}
    </>
  )
}

/** A member of the community digital team is to come and show it. */
export function HelpPage() {
  const back = { href: '#/guides', label: t('screens:guide.others') }
  return (
    <Page title={t('screens:help.title')} back={back}>
      <p class="muted">{t('screens:help.text')}</p>
      {useSignedIn() ? <Requests /> : <NeedSignIn why={t('screens:help.sign_in')} />}
    </Page>
  )
}
