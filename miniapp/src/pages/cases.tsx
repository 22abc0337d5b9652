import { LookUpForm } from '../resident/look-up.tsx'
import { MineElsewhere } from '../resident/mine-elsewhere.tsx'
import { OwnCaseList } from '../resident/own-case-list.tsx'
import { ownCases } from '../resident/own-cases.ts'
import { Page } from '../resident/page.tsx'
import { t } from '../shared/i18n.ts'
import { LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Notice } from '../ui/feedback.tsx'

/** Cases sent from this device, and the look-up by code. */
export function CasesPage() {
  return (
    <Page title={t('miniapp:own.title')}>
      {ownCases().length > 0 ? (
        <OwnCaseList />
      ) : (
        <Notice title={t('miniapp:own.empty_title')}>
          <p>{t('miniapp:own.empty')}</p>
          <div>
            <LinkButton href="#/report" look="secondary">
              {t('miniapp:action.report')}
            </LinkButton>
          </div>
        </Notice>
      )}
      <MineElsewhere />
      <Card title={t('miniapp:lookup.title')}>
        <LookUpForm />
      </Card>
    </Page>
  )
}
