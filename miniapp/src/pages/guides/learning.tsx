import './guides.css'
import { forgetLearning, type LearningView, readLearning } from '../../resident/guide-calls.ts'
import { NeedSignIn } from '../../resident/need-sign-in.tsx'
import { Page } from '../../resident/page.tsx'
import { useSignedIn } from '../../resident/session.ts'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { useWork } from '../../shared/use-work.ts'
import { dayText } from '../../shared/words.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'

/** The sheet to show: which lessons, when; the person's name only if they write it on the paper. */
function Sheet({ learning: { lessons, offered } }: { learning: LearningView }) {
  return (
    <section class="card stack" aria-labelledby="learned">
      <h2 id="learned">{t('screens:learning.count', { count: lessons.length, offered })}</h2>
      <p class="print-only">{t('screens:learning.name')}</p>
      <ol class="learned">
        {lessons.map(({ id, title, right, asked, doneOn }) => (
          <li key={id}>
            <strong>{title}</strong>
            <br />
            {t('screens:learning.row', { right, asked, date: dayText(doneOn) })}
          </li>
        ))}
      </ol>
      <p class="muted small">{t('screens:learning.source')}</p>
    </section>
  )
}

function Learned() {
  const [loaded, retry] = useLoad('learning', readLearning)
  const { isBusy, problem, run } = useWork()
  if (loaded.state === 'loading') return <Skeleton rows={3} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  if (loaded.data.lessons.length === 0) return <Notice>{t('screens:learning.none')}</Notice>
  const forget = async () => {
    await run(forgetLearning)
    retry()
  }
  return (
    <>
      <Sheet learning={loaded.data} />
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="button-row screen-only">
        <Button onClick={() => print()}>{t('screens:learning.print')}</Button>
        <Button look="secondary" isBusy={isBusy} onClick={() => void forget()}>
          {t('screens:learning.forget')}
        </Button>
      </div>
    </>
  )
}

/** What a person learned, where they agreed to have it kept. */
export function LearningPage() {
  const back = { href: '#/guides', label: t('screens:guide.others') }
  return (
    <Page title={t('screens:learning.title')} back={back}>
      {useSignedIn() ? <Learned /> : <NeedSignIn why={t('screens:learning.sign_in')} />}
      <div class="screen-only">
        <LinkButton look="quiet" isWide href="#/guides">
          {t('screens:guide.all')}
        </LinkButton>
      </div>
    </Page>
  )
}
