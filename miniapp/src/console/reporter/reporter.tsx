import type { ReporterView } from '../../../../api/rooms/console/index.ts'
import { postJson } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { guarded } from '../calls.ts'
import { wordsOr } from '../words.ts'
import { ReasonedLook } from './reasoned-look.tsx'

/** Who reported a case, for whoever may know it: a reason first, and the look is recorded. */
export function Reporter({ id }: { id: string }) {
  const path = `/console/incidents/${encodeURIComponent(id)}/reporter`
  return (
    <ReasonedLook
      title={t('console:reporter.title')}
      onLook={async (reason) => (
        <Known view={await guarded(postJson<ReporterView>(path, { reason }))} />
      )}
    />
  )
}

function Known({ view: { reporter } }: { view: ReporterView }) {
  if (reporter === null) return <p>{t('console:reporter.nobody')}</p>
  const channels = reporter.channels.map((name) => wordsOr(`console:channel.${name}`, name))
  return (
    <dl class="desk-facts">
      <dt>{t('console:reporter.name')}</dt>
      <dd>{reporter.name ?? t('console:reporter.no_name')}</dd>
      <dt>{t('console:reporter.channels')}</dt>
      <dd>{channels.join(', ')}</dd>
    </dl>
  )
}
