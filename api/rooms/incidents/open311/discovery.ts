import type { Ctx } from '../../../context.ts'
import { listHotlines } from '../../areas/index.ts'
import { phonesOf } from '../messages/phones.ts'
import type { Answer } from './answer.ts'

/** When the services or their definitions last changed; a reader that sees another one fetches them again. */
const CHANGESET = '2026-11-27T12:00:00+07:00'

/** Where the interface is and how one gets a key (Open311 Service Discovery). */
export async function discovery(ctx: Ctx): Promise<Answer> {
  const { t, settings } = ctx
  const hotlines = await listHotlines(ctx.db, settings.homeUnitCode)
  const province = ctx.language === 'en' ? settings.province.nameEn : settings.province.nameVi
  const phone = phonesOf(hotlines).hotline
  const endpoint = {
    specification: 'http://wiki.open311.org/GeoReport_v2',
    url: `${settings.publicUrl}/open311/v2`,
    changeset: CHANGESET,
    type: settings.isDemo ? 'test' : 'production',
    formats: { item: 'format', of: ['text/xml', 'application/json'] },
  }
  return {
    root: 'discovery',
    content: {
      changeset: CHANGESET,
      contact: t('incidents:open311.contact', { province, phone }),
      key_service: t('incidents:open311.key_service', { province }),
      endpoints: { item: 'endpoint', of: [endpoint] },
    },
  }
}
