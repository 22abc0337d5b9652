import { Route, Router, Switch } from 'wouter-preact'
import { HomePage } from './pages/home.tsx'
import { lazyPage } from './resident/lazy-page.tsx'
import { NotFoundPage } from './resident/page.tsx'
import { useHashPath } from './resident/route.ts'
import { useLanguage } from './shared/i18n.ts'

const ReportPage = lazyPage(() => import('./pages/report/report.tsx').then((m) => m.ReportPage))
const SentPage = lazyPage(() => import('./pages/report/sent.tsx').then((m) => m.SentPage))
const WaitingPage = lazyPage(() => import('./pages/waiting.tsx').then((m) => m.WaitingPage))
const CasePage = lazyPage(() => import('./pages/case/case.tsx').then((m) => m.CasePage))
const CasesPage = lazyPage(() => import('./pages/cases.tsx').then((m) => m.CasesPage))
const NearPage = lazyPage(() => import('./pages/near/near.tsx').then((m) => m.NearPage))
const InboxPage = lazyPage(() => import('./pages/inbox/inbox.tsx').then((m) => m.InboxPage))
const DossiersPage = lazyPage(() =>
  import('./pages/dossiers/dossiers.tsx').then((m) => m.DossiersPage),
)
const AppointmentsPage = lazyPage(() =>
  import('./pages/appointments/appointments.tsx').then((m) => m.AppointmentsPage),
)
const ProcedurePage = lazyPage(() =>
  import('./pages/procedure/procedure.tsx').then((m) => m.ProcedurePage),
)
const WaterPage = lazyPage(() => import('./pages/water/water.tsx').then((m) => m.WaterPage))
const FloodsPage = lazyPage(() => import('./pages/floods/floods.tsx').then((m) => m.FloodsPage))
const NoticesPage = lazyPage(() => import('./pages/notices/notices.tsx').then((m) => m.NoticesPage))
const NoticePage = lazyPage(() => import('./pages/notices/notices.tsx').then((m) => m.NoticePageOf))
const AlertsPage = lazyPage(() => import('./pages/alerts/alerts.tsx').then((m) => m.AlertsPage))
const AlertPage = lazyPage(() => import('./pages/alerts/alerts.tsx').then((m) => m.AlertPageOf))
const GuidesPage = lazyPage(() => import('./pages/guides/guides.tsx').then((m) => m.GuidesPage))
const LearningPage = lazyPage(() =>
  import('./pages/guides/learning.tsx').then((m) => m.LearningPage),
)
const HelpPage = lazyPage(() => import('./pages/help/help.tsx').then((m) => m.HelpPage))
const LessonPage = lazyPage(() => import('./pages/guides/lesson.tsx').then((m) => m.LessonPage))
const ScamPage = lazyPage(() => import('./pages/scam/scam.tsx').then((m) => m.ScamPage))
const MePage = lazyPage(() => import('./pages/me/me.tsx').then((m) => m.MePage))
const MePartPage = lazyPage(() => import('./pages/me/me.tsx').then((m) => m.MePartPage))
const SosPage = lazyPage(() => import('./pages/sos/sos.tsx').then((m) => m.SosPage))
const LongPage = lazyPage(() => import('./pages/long/long.tsx').then((m) => m.LongPage))

/** Pages that links from outside lead to, by the first word of the address. */
const OPENED: Record<string, { ahead: () => Promise<unknown> }> = {
  report: ReportPage,
  case: CasePage,
  cases: CasesPage,
  near: NearPage,
  inbox: InboxPage,
  me: MePage,
  sos: SosPage,
}

/** Loads the page that this address opens, so that the first thing drawn is that page; one that fails is asked again there. */
export async function loadAhead(hash: string): Promise<void> {
  const [, name = ''] = hash.split(/[/?]/)
  await OPENED[name]?.ahead().catch(() => undefined)
}

/** The resident's pages; every state that is worth a link stands in the hash. `problem`: signing in went wrong. */
export function App({ problem }: { problem: unknown }) {
  useLanguage()
  return (
    <Router hook={useHashPath}>
      <Switch>
        <Route path="/" component={HomePage} />
        <Route path="/report/:step?">
          {(params) => <ReportPage step={params.step ?? 'photos'} />}
        </Route>
        <Route path="/sent/:code">{(params) => <SentPage code={params.code} />}</Route>
        <Route path="/waiting" component={WaitingPage} />
        <Route path="/case/:code">{(params) => <CasePage code={params.code} />}</Route>
        <Route path="/viet/:token">{(params) => <LongPage token={params.token} />}</Route>
        <Route path="/sos" component={SosPage} />
        <Route path="/cases" component={CasesPage} />
        <Route path="/near" component={NearPage} />
        <Route path="/dossiers">
          <DossiersPage />
        </Route>
        <Route path="/dossiers/take/:code">
          {(params) => <DossiersPage key={params.code} given={params.code} />}
        </Route>
        <Route path="/appointments" component={AppointmentsPage} />
        <Route path="/procedures/:code">
          {(params) => <ProcedurePage key={params.code} code={params.code} />}
        </Route>
        <Route path="/water" component={WaterPage} />
        <Route path="/floods" component={FloodsPage} />
        <Route path="/notices" component={NoticesPage} />
        <Route path="/notices/:id">
          {(params) => <NoticePage key={params.id} id={params.id} />}
        </Route>
        <Route path="/alerts" component={AlertsPage} />
        <Route path="/alerts/:id">{(params) => <AlertPage key={params.id} id={params.id} />}</Route>
        <Route path="/scam" component={ScamPage} />
        <Route path="/guides" component={GuidesPage} />
        <Route path="/learning" component={LearningPage} />
        <Route path="/help-at-home" component={HelpPage} />
        <Route path="/guides/:id/:step?">
          {(params) => (
            <LessonPage key={params.id} id={params.id} step={Number(params.step ?? 1)} />
          )}
        </Route>
        <Route path="/inbox" component={InboxPage} />
        <Route path="/me">
          <MePage problem={problem} />
        </Route>
        <Route path="/me/:part">{(params) => <MePartPage part={params.part} />}</Route>
        <Route path="/settings">
          <MePage problem={undefined} />
        </Route>
        <Route component={NotFoundPage} />
      </Switch>
    </Router>
  )
}
