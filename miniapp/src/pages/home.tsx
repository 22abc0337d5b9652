import { useWaiting } from '../offline/outbox.ts'
import { takeNewVersion, useNewVersion } from '../offline/register.ts'
import { AlertsHere } from '../resident/alerts-here.tsx'
import { hasDraft, useDraft } from '../resident/draft.ts'
import { Bridge, LoaMark } from '../resident/drawings.tsx'
import { EmergencyStrip } from '../resident/emergency.tsx'
import { HomeAwaited, useHomeUnit } from '../resident/home-unit.tsx'
import { MoreLinks } from '../resident/more-links.tsx'
import { NearbyList } from '../resident/nearby.tsx'
import { NowHere } from '../resident/now-here.tsx'
import { OutLink } from '../resident/out-link.tsx'
import { OwnCaseList } from '../resident/own-case-list.tsx'
import { ownCases } from '../resident/own-cases.ts'
import { BarLinks, OfflineNotice, Page } from '../resident/page.tsx'
import { serverUrl } from '../shared/api.ts'
import { t } from '../shared/i18n.ts'
import { Button, LinkButton } from '../ui/button.tsx'
import { Notice } from '../ui/feedback.tsx'
import { Icon, type IconName } from '../ui/icons.tsx'

const SHOWN_CASES = 3
const SHOWN_NEARBY = 5

function Masthead({ unit }: { unit: string | undefined }) {
  return (
    <header class="masthead">
      <div class="masthead-inner">
        <LoaMark />
        <p class="masthead-name">
          <strong>Loa</strong>
          {unit && <span>{unit}</span>}
        </p>
        <BarLinks />
      </div>
    </header>
  )
}

type ActionProps = { href: string; icon: IconName; title: string; text: string; isMain?: boolean }

function Action({ href, icon, title, text, isMain }: ActionProps) {
  return (
    <li class={isMain ? 'action main-action' : 'action'}>
      <span class="action-icon">
        <Icon name={icon} />
      </span>
      <div>
        <OutLink class="action-link" href={href}>
          {title}
        </OutLink>
        <p class="small">{text}</p>
      </div>
    </li>
  )
}

function Actions() {
  return (
    <ul class="actions">
      <Action
        href="#/report"
        icon="report"
        title={t('miniapp:action.report')}
        text={t('miniapp:action.report.text')}
        isMain
      />
      <Action
        href="#/cases"
        icon="cases"
        title={t('miniapp:action.cases')}
        text={t('miniapp:action.cases.text')}
      />
      <Action
        href="#/near"
        icon="place"
        title={t('miniapp:action.near')}
        text={t('miniapp:action.near.text')}
      />
      <Action
        href={serverUrl('chat')}
        icon="chat"
        title={t('miniapp:action.chat')}
        text={t('miniapp:action.chat.text')}
      />
    </ul>
  )
}

function DraftNotice() {
  if (!hasDraft(useDraft())) return null
  return (
    <Notice kind="warn" title={t('miniapp:draft.title')}>
      <p>{t('miniapp:draft.text')}</p>
      <div>
        <LinkButton href="#/report/review" look="secondary">
          {t('miniapp:draft.continue')}
        </LinkButton>
      </div>
    </Notice>
  )
}

function WaitingNotice() {
  const { length: count } = useWaiting()
  if (count === 0) return null
  return (
    <Notice kind="warn" title={t('miniapp:waiting.count', { count })}>
      <div>
        <LinkButton href="#/waiting" look="secondary">
          {t('miniapp:waiting.see')}
        </LinkButton>
      </div>
    </Notice>
  )
}

function NewVersionNotice() {
  if (!useNewVersion()) return null
  return (
    <Notice title={t('miniapp:version.title')}>
      <div>
        <Button look="secondary" onClick={takeNewVersion}>
          {t('miniapp:version.take')}
        </Button>
      </div>
    </Notice>
  )
}

function Footer({ unit }: { unit: string | undefined }) {
  return (
    <footer class="footer">
      <p>
        {unit ? t('miniapp:footer.runs', { unit }) : t('miniapp:footer.runs_unnamed')}{' '}
        {t('miniapp:footer.private')}
      </p>
      <p>
        <OutLink href={serverUrl('lite')}>{t('miniapp:footer.lite')}</OutLink> ·{' '}
        <OutLink href={serverUrl('console')}>{t('miniapp:footer.console')}</OutLink>
      </p>
    </footer>
  )
}

/** What matters now: the four things to do, numbers to call, my open cases, what happens here. */
export function HomePage() {
  const known = useHomeUnit()
  const { home } = known
  const unit = home?.name
  return (
    <Page
      title={t('miniapp:home.title')}
      head={<Masthead unit={unit} />}
      foot={<Footer unit={unit} />}
      isBare
      isWide
    >
      <div class="hero">
        <div class="hero-inner">
          <h1>{t('miniapp:home.title')}</h1>
          <p>{unit ? t('miniapp:home.text', { unit }) : t('miniapp:home.text_unnamed')}</p>
        </div>
        <Bridge />
      </div>
      <div class="home">
        <div class="home-top stack">
          <OfflineNotice />
          {home !== undefined && <AlertsHere unitCode={home.code} />}
          <Actions />
          <WaitingNotice />
          <DraftNotice />
          <NewVersionNotice />
        </div>
        <div class="home-side stack">
          <EmergencyStrip />
          <LinkButton href="#/sos" look="danger" isWide>
            {t('rescue:link')}
          </LinkButton>
          <MoreLinks />
        </div>
        <div class="home-lists stack loose">
          {ownCases().length > 0 && (
            <section class="stack" aria-labelledby="own">
              <h2 id="own">{t('miniapp:own.title')}</h2>
              <OwnCaseList max={SHOWN_CASES} />
            </section>
          )}
          {home !== undefined && <NowHere unitCode={home.code} />}
          <section class="stack home-nearby" aria-labelledby="near">
            <h2 id="near">{t('miniapp:near.title')}</h2>
            {home === undefined ? (
              <HomeAwaited home={known} rows={3} />
            ) : (
              <NearbyList unitCode={home.code} max={SHOWN_NEARBY} />
            )}
          </section>
        </div>
      </div>
    </Page>
  )
}
