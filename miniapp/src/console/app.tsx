import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Link, Route, Router, Switch } from 'wouter-preact'
import { setLanguage, t, useLanguage } from '../shared/i18n.ts'
import { DemoBanner, ProblemNotice, Spinner } from '../ui/feedback.tsx'
import { Icon } from '../ui/icons.tsx'
import { ComingFrame } from './access/frame.tsx'
import { SignInPage } from './access/sign-in.tsx'
import { getOfficial, onSignedOut, signOut } from './calls.ts'
import { useDeskLocation } from './desk-location.ts'
import { lazyPart, readDeskWords } from './lazy-part.tsx'
import type { Official } from './types.ts'
import { WorkListPage } from './work-list/page.tsx'

const CasePage = lazyPart(() => import('./incident/page.tsx').then((m) => m.CasePage))
const SecurityPage = lazyPart(() => import('./access/security.tsx').then((m) => m.SecurityPage))
const InvitePage = lazyPart(
  () => import('./access/invite.tsx').then((m) => m.InvitePage),
  ComingFrame,
)
const PeoplePage = lazyPart(() => import('./people/page.tsx').then((m) => m.PeoplePage))
const ChatsPage = lazyPart(() => import('./chats/page.tsx').then((m) => m.ChatsPage))
const ThreadPage = lazyPart(() => import('./chats/thread.tsx').then((m) => m.ThreadPage))
const WordsPage = lazyPart(() => import('./words/page.tsx').then((m) => m.WordsPage))
const ScamsPage = lazyPart(() => import('./scams/page.tsx').then((m) => m.ScamsPage))
const LessonsPage = lazyPart(() => import('./lessons/part.ts').then((m) => m.lessonsPart()))
const TeamPage = lazyPart(() => import('./team/page.tsx').then((m) => m.TeamPage))
const NumbersPage = lazyPart(() => import('./numbers/page.tsx').then((m) => m.NumbersPage))
const DossiersPage = lazyPart(() => import('./dossiers/page.tsx').then((m) => m.DossiersPage))
const SourcesPage = lazyPart(() => import('./dossiers/sources/page.tsx').then((m) => m.SourcesPage))
const QueuePage = lazyPart(() => import('./queue/page.tsx').then((m) => m.QueuePage))
const MapPage = lazyPart(() => import('./map/page.tsx').then((m) => m.MapPage))
const AuditPage = lazyPart(() => import('./audit/page.tsx').then((m) => m.AuditPage))
const SettingsPage = lazyPart(() => import('./settings/page.tsx').then((m) => m.SettingsPage))
const MenuSheet = lazyPart(() => import('./menu/sheet.tsx').then((m) => m.MenuSheet))
const SosPage = lazyPart(() => import('./sos/page.tsx').then((m) => m.SosPage))
const AlertsPage = lazyPart(() => import('./alerts/page.tsx').then((m) => m.AlertsPage))
const FloodsPage = lazyPart(() => import('./floods/page.tsx').then((m) => m.FloodsPage))
const StationsPage = lazyPart(() => import('./stations/page.tsx').then((m) => m.StationsPage))
const NoticesPage = lazyPart(() => import('./notices/page.tsx').then((m) => m.NoticesPage))
const DutyPage = lazyPart(() => import('./people/duty.tsx').then((m) => m.DutyPage))

type Who =
  | { kind: 'asking' }
  | { kind: 'unknown'; problem: unknown }
  | { kind: 'nobody'; wasSignedOut: boolean }
  | { kind: 'official'; official: Official }

function useWho() {
  const [who, setWho] = useState<Who>({ kind: 'asking' })
  const ask = () => {
    setWho({ kind: 'asking' })
    getOfficial()
      .then((official) =>
        setWho(official ? { kind: 'official', official } : { kind: 'nobody', wasSignedOut: false }),
      )
      .catch((problem: unknown) => setWho({ kind: 'unknown', problem }))
  }
  useEffect(ask, [])
  useEffect(() => onSignedOut(() => setWho({ kind: 'nobody', wasSignedOut: true })), [])
  return { who, setWho, ask }
}

type ShellProps = { official: Official; onLeave: () => void; children: ComponentChildren }

function Shell({ official, onLeave, children }: ShellProps) {
  const language = useLanguage()
  const [hasMenu, setMenu] = useState(false)
  useEffect(() => {
    // Early, so that no page waits for them; a page that needs them asks again and tells a failure.
    readDeskWords().catch(() => undefined)
  }, [])
  return (
    <div class="desk">
      <button type="button" class="desk-skip" onClick={toMain}>
        {t('console:skip')}
      </button>
      <header class="top-bar">
        <div class="top-bar-inner desk-bar">
          <Link href="/" class="desk-brand">
            <img src="./loa.svg" alt="" width="36" height="36" />
            <span>{t('console:brand')}</span>
          </Link>
          <p class="desk-me">{official.displayName}</p>
          <button
            type="button"
            class="icon-button desk-lang"
            lang={language === 'vi' ? 'en' : 'vi'}
            aria-label={language === 'vi' ? 'EN, English' : 'VI, Tiếng Việt'}
            onClick={() => void setLanguage(language === 'vi' ? 'en' : 'vi')}
          >
            {language === 'vi' ? 'EN' : 'VI'}
          </button>
          <button
            type="button"
            class="icon-button"
            aria-label={t('console:menu.title')}
            onClick={() => setMenu(true)}
          >
            <Icon name="list" />
          </button>
          <button
            type="button"
            class="icon-button"
            aria-label={t('console:signout')}
            title={t('console:signout')}
            onClick={onLeave}
          >
            <Icon name="exit" />
          </button>
        </div>
      </header>
      <DemoBanner />
      <main id="main" class="desk-main" tabIndex={-1}>
        {children}
      </main>
      {hasMenu && <MenuSheet official={official} onClose={() => setMenu(false)} />}
    </div>
  )
}

/** The hash belongs to the router, so this is a button and moves the focus itself. */
function toMain() {
  document.getElementById('main')?.focus()
}

/** The secret of an invitation, from the part of the address that no server sees. */
function useInviteToken(): string | undefined {
  const [path] = useDeskLocation()
  return /^\/invite\/([\w-]+)$/.exec(path)?.[1]
}

function leaveInvite() {
  location.hash = '#/'
}

/** The officials' console: who is here, then the pages by hash. */
export function ConsoleApp() {
  const language = useLanguage()
  const { who, setWho, ask } = useWho()
  useEffect(() => {
    document.title = t('console:title')
  }, [language])
  const enter = (official: Official) => setWho({ kind: 'official', official })
  const token = useInviteToken()
  if (token !== undefined)
    return (
      <InvitePage
        token={token}
        onSignedIn={(official) => {
          leaveInvite()
          enter(official)
        }}
        onLeave={leaveInvite}
      />
    )
  if (who.kind === 'asking') return <Spinner />
  if (who.kind === 'unknown')
    return (
      <main class="desk-signin">
        <ProblemNotice problem={who.problem} onRetry={ask} />
      </main>
    )
  if (who.kind === 'nobody')
    return <SignInPage wasSignedOut={who.wasSignedOut} onSignedIn={enter} />
  const leave = () => {
    signOut()
      .then(() => setWho({ kind: 'nobody', wasSignedOut: false }))
      .catch((problem: unknown) => setWho({ kind: 'unknown', problem }))
  }
  return (
    <Router hook={useDeskLocation}>
      <Shell official={who.official} onLeave={leave}>
        <Switch>
          <Route path="/case/:id">{({ id }) => <CasePage key={id} id={id} />}</Route>
          <Route path="/security">
            <SecurityPage />
          </Route>
          <Route path="/people">
            <PeoplePage me={who.official} />
          </Route>
          <Route path="/chats/:id">{({ id }) => <ThreadPage key={id} id={id} />}</Route>
          <Route path="/dossiers">
            <DossiersPage />
          </Route>
          <Route path="/dossiers/sources">
            <SourcesPage />
          </Route>
          <Route path="/queue">
            <QueuePage />
          </Route>
          <Route path="/map">
            <MapPage />
          </Route>
          <Route path="/numbers">
            <NumbersPage />
          </Route>
          <Route path="/settings">
            <SettingsPage />
          </Route>
          <Route path="/audit">
            <AuditPage />
          </Route>
          <Route path="/chats">
            <ChatsPage />
          </Route>
          <Route path="/words">
            <WordsPage />
          </Route>
          <Route path="/scams">
            <ScamsPage />
          </Route>
          <Route path="/lessons/:id?">{({ id }) => <LessonsPage key={id ?? ''} id={id} />}</Route>
          <Route path="/team">
            <TeamPage />
          </Route>
          <Route path="/sos">
            <SosPage />
          </Route>
          <Route path="/alerts/:id?">
            {({ id }) => <AlertsPage me={who.official} meantId={id} />}
          </Route>
          <Route path="/floods">
            <FloodsPage me={who.official} />
          </Route>
          <Route path="/stations">
            <StationsPage />
          </Route>
          <Route path="/notices">
            <NoticesPage me={who.official} />
          </Route>
          <Route path="/duty">
            <DutyPage me={who.official} />
          </Route>
          <Route path="/open">
            <WorkListPage key="open" view="open" />
          </Route>
          <Route path="/all">
            <WorkListPage key="all" view="all" />
          </Route>
          <Route>
            <WorkListPage key="inbox" view="inbox" />
          </Route>
        </Switch>
      </Shell>
    </Router>
  )
}
