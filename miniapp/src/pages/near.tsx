import { useHomeUnit } from '../resident/home-unit.ts'
import { NearbyList } from '../resident/nearby.tsx'
import { Page } from '../resident/page.tsx'
import { t } from '../shared/i18n.ts'

const SHOWN = 50

/** What was reported around here, as a register. */
export function NearPage() {
  const home = useHomeUnit()
  return (
    <Page title={t('miniapp:near.title')}>
      <p class="muted">{t('miniapp:near.text')}</p>
      {home !== undefined && <NearbyList unitCode={home.code} max={SHOWN} isWhole />}
    </Page>
  )
}
