import { useState } from 'preact/hooks'
import { Page } from '../../resident/page.tsx'
import { ApiProblem, isTransient } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { Card } from '../../ui/card.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { openForm, type Said } from './calls.ts'
import { LongForm } from './long-form.tsx'
import { SaidView } from './said.tsx'
import { readWords } from './words.ts'

/** A link that no longer works: what to do, and what was written here, to be copied. */
function Unusable({ token, problem, retry }: Refusal) {
  const written = readWords(token)?.description ?? ''
  const mayHelp = problem instanceof ApiProblem && isTransient(problem)
  return (
    <>
      <ProblemNotice problem={problem} {...(mayHelp ? { onRetry: retry } : {})} />
      {written !== '' && (
        <Card title={t('miniapp:long.description')}>
          <p class="own-words">{written}</p>
        </Card>
      )}
    </>
  )
}
type Refusal = { token: string; problem: unknown; retry: () => void }

/** The page for long input that a chat leads to; apps may add their own parameters behind the token. */
export function LongPage({ token: address }: { token: string }) {
  const token = /^[0-9a-f]*/.exec(address)?.[0] ?? ''
  const [opened, retry] = useLoad(token, () => openForm(token))
  const [sent, setSent] = useState<{ messages: Said; isRepeat: boolean }>()
  const said =
    sent ??
    (opened.state === 'ready' && opened.data.state === 'sent'
      ? { messages: opened.data.messages, isRepeat: true }
      : undefined)
  return (
    <Page title={t(said ? 'miniapp:long.sent.title' : 'miniapp:long.title')}>
      {said && <SaidView {...said} />}
      {!said && opened.state === 'loading' && <Skeleton />}
      {!said && opened.state === 'failed' && (
        <Unusable token={token} problem={opened.problem} retry={retry} />
      )}
      {!said && opened.state === 'ready' && opened.data.state === 'open' && (
        <LongForm
          key={opened.data.consent?.version}
          token={token}
          open={opened.data}
          onSent={setSent}
          onStale={retry}
        />
      )}
    </Page>
  )
}
