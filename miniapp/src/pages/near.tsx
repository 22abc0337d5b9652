import { homeUnitCode } from '../resident/home-unit.ts'
import { NearbyList } from '../resident/nearby.tsx'
import { Page } from '../resident/page.tsx'
import { t } from '../shared/i18n.ts'

const SHOWN = 50

/** What was reported around here, as a register. */
export function NearPage() {
  return (
    <Page title={t('miniapp:near.title')}>
      <p class="muted">{t('miniapp:near.text')}</p>
      <NearbyList unitCode={homeUnitCode()} max={SHOWN} isWhole />
    </Page>
  )
}
