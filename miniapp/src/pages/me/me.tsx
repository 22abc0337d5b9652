import type { ComponentChildren } from 'preact'
import { NeedSignIn } from '../../resident/need-sign-in.tsx'
import { Page } from '../../resident/page.tsx'
import { useSignedIn } from '../../resident/session.ts'
import { SignIn } from '../../resident/sign-in.tsx'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Card } from '../../ui/card.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Channels } from './channels.tsx'
import { ForgetCases } from './forget-cases.tsx'
import { LookCards } from './look-cards.tsx'
import { Account, MyData } from './my-data.tsx'
import { Topics } from './topics.tsx'

const PARTS = ['topics', 'channels', 'data'] as const
type Part = (typeof PARTS)[number]
const isPart = (text: string): text is Part => (PARTS as readonly string[]).includes(text)

const VIEWS: Record<Part, () => ComponentChildren> = {
  topics: () => <Topics />,
  channels: () => (
    <Card>
      <Channels />
    </Card>
  ),
  data: () => <MyData />,
}

/** The pages that belong to the person, one matter each. */
function Parts() {
  return (
    <ul class="more-links">
      {PARTS.map((part) => (
        <li key={part}>
          <a href={`#/me/${part}`}>
            <Icon name="forward" />
            {t(asKey(`screens:me.${part}`))}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** One matter of the person: what is told, by which chats, or the data. */
export function MePartPage({ part }: { part: string }) {
  const isSignedIn = useSignedIn()
  const shown = isPart(part) ? part : 'data'
  return (
    <Page
      title={t(asKey(`screens:me.${shown}`))}
      back={{ href: '#/me', label: t('miniapp:me.title') }}
    >
      {isSignedIn ? VIEWS[shown]() : <NeedSignIn why={t('screens:me.why')} />}
    </Page>
  )
}

/** How the pages look here, who the person is if they like to say, and what is kept where. */
export function MePage({ problem }: { problem: unknown }) {
  const isSignedIn = useSignedIn()
  return (
    <Page title={t('miniapp:me.title')}>
      <LookCards />
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {isSignedIn ? (
        <>
          <Account />
          <Parts />
        </>
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
