import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { platform } from '../platform/index.ts'
import { t } from '../shared/i18n.ts'
import { useOnline } from '../shared/use-online.ts'
import { LinkButton } from '../ui/button.tsx'
import { DemoBanner, Notice } from '../ui/feedback.tsx'
import { Icon } from '../ui/icons.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { goBack } from './route.ts'
import { useUnread } from './unread.ts'

/** A larger number tells nobody more. */
const MOST_SHOWN = 9

let isFirstPage = true

/** Names the page for the tab and the screen reader, starts at its top; the very first page keeps the browser's focus. */
function useArrival(title: string) {
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    document.title = `${title} · Loa`
    if (!isFirstPage) {
      scrollTo(0, 0)
      main.current?.focus({ preventScroll: true })
    }
    isFirstPage = false
  }, [title])
  return main
}

/** Said once while there is no network; nothing is lost meanwhile. */
export function OfflineNotice() {
  return (
    <div class="live" aria-live="polite">
      {!useOnline() && (
        <p class="offline-bar">
          <Icon name="offline" /> {t('miniapp:offline')}
        </p>
      )}
    </div>
  )
}

/** To the person's messages, with how many are unread, and to the person's own page. */
export function BarLinks() {
  const unread = useUnread()
  return (
    <>
      <a
        class="icon-button"
        href="#/inbox"
        aria-label={
          unread > 0 ? t('screens:nav.inbox_unread', { count: unread }) : t('screens:inbox.title')
        }
      >
        <Icon name="bell" />
        {unread > 0 && (
          <span class="unread-mark" aria-hidden="true">
            {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
          </span>
        )}
      </a>
      <a class="icon-button" href="#/me" aria-label={t('miniapp:nav.me')}>
        <Icon name="person" />
      </a>
    </>
  )
}

type PageProps = {
  title: string
  /** Where "back" always leads; without it, to the page before, or home when there is none. */
  back?: { href: string; label: string }
  /** Drawn instead of the bar (home has its own, and says itself where it is offline). */
  head?: ComponentChildren
  /** Without a visible h1 (the page draws one itself). */
  isBare?: boolean
  /** As wide as the screen allows, instead of one reading column. */
  isWide?: boolean
  foot?: ComponentChildren
  children: ComponentChildren
}

/** The frame of every resident page: demo banner, bar, offline notice, main part. */
export function Page({ title, back, head, isBare, isWide, foot, children }: PageProps) {
  const main = useArrival(title)
  const fixed = back?.href
  const onBack = () => (fixed === undefined ? goBack('#/') : location.assign(fixed))
  const way = back ?? { href: '#/', label: t('screens:nav.back'), onPress: onBack }
  const isHome = head !== undefined
  useEffect(() => {
    platform().showBack(isHome ? undefined : onBack)
  }, [isHome, fixed])
  return (
    <>
      <DemoBanner />
      {head ?? (
        <TopBar title="Loa" {...(platform().drawsBack() ? {} : { back: way })}>
          <BarLinks />
        </TopBar>
      )}
      <main class={isWide ? 'main wide' : 'main'} tabIndex={-1} ref={main}>
        {!isHome && <OfflineNotice />}
        {!isBare && <h1>{title}</h1>}
        {children}
      </main>
      {foot}
    </>
  )
}

/** A hash that leads nowhere. */
export function NotFoundPage() {
  return (
    <Page title={t('miniapp:not_found.title')}>
      <Notice kind="warn">
        <p>{t('miniapp:not_found.text')}</p>
      </Notice>
      <LinkButton href="#/">{t('miniapp:nav.home')}</LinkButton>
    </Page>
  )
}
