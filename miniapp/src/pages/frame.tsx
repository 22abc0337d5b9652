import { OutLink } from '../resident/out-link.tsx'
import { Page } from '../resident/page.tsx'
import { serverUrl } from '../shared/api.ts'
import { t } from '../shared/i18n.ts'
import { Notice } from '../ui/feedback.tsx'

/** A page whose content this installation does not have yet: it says so, and leads to what there is. */
export function GuidesPage() {
  return (
    <Page title={t('screens:frame.guides')}>
      <Notice>
        <p>{t('screens:frame.guides.text')}</p>
      </Notice>
      <div class="button-row">
        <OutLink href={serverUrl('chat')} class="button secondary">
          {t('miniapp:action.chat')}
        </OutLink>
        <OutLink href="#/dossiers" class="button secondary">
          {t('screens:dossier.title')}
        </OutLink>
      </div>
    </Page>
  )
}
