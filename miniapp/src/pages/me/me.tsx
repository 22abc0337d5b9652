import { Page } from '../../resident/page.tsx'
import { useSignedIn } from '../../resident/session.ts'
import { SignIn } from '../../resident/sign-in.tsx'
import { t } from '../../shared/i18n.ts'
import { Card } from '../../ui/card.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { ForgetCases } from './forget-cases.tsx'
import { LookCards } from './look-cards.tsx'
import { MyData } from './my-data.tsx'

/** How the pages look here, who the person is if they like to say, and what is kept where. */
export function MePage({ problem }: { problem: unknown }) {
  const isSignedIn = useSignedIn()
  return (
    <Page title={t('miniapp:me.title')}>
      <LookCards />
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {isSignedIn ? (
        <MyData />
      ) : (
        <Card title={t('miniapp:sign_in.title')}>
          <SignIn />
        </Card>
      )}
      <Card title={t('miniapp:settings.device')}>
        <ForgetCases />
      </Card>
    </Page>
  )
}
