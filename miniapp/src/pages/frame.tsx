import { OutLink } from '../resident/out-link.tsx'
import { Page } from '../resident/page.tsx'
import { serverUrl } from '../shared/api.ts'
import { t } from '../shared/i18n.ts'
import { asKey } from '../shared/keys.ts'
import { Notice } from '../ui/feedback.tsx'

export type FrameName = 'alerts' | 'guides'

/** Where to turn meanwhile, for each. */
const WAYS: Record<FrameName, () => readonly { href: string; label: string }[]> = {
  alerts: () => [
    { href: '#/water', label: 'screens:water.title' },
    { href: '#/me/topics', label: 'screens:inbox.choose_topics' },
  ],
  guides: () => [
    { href: serverUrl('chat'), label: 'miniapp:action.chat' },
    { href: '#/dossiers', label: 'screens:dossier.title' },
  ],
}

/** A page whose content this installation does not have yet: it says so, and leads to what there is. */
export function FramePage({ name }: { name: FrameName }) {
  return (
    <Page title={t(asKey(`screens:frame.${name}`))}>
      <Notice>
        <p>{t(asKey(`screens:frame.${name}.text`))}</p>
      </Notice>
      <div class="button-row">
        {WAYS[name]().map(({ href, label }) => (
          <OutLink key={href} href={href} class="button secondary">
            {t(asKey(label))}
          </OutLink>
        ))}
      </div>
    </Page>
  )
}
