import '../access/access.css'
import { useState } from 'preact/hooks'
import { formatDateTime } from '../../../../api/core/time.ts'
import type { Invitation } from '../../../../api/rooms/identity/index.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/feedback.tsx'
import { Sheet } from '../../ui/sheet.tsx'

/** The link that sets a password, shown once: to be handed to its owner alone. */
export function InvitationSheet({
  invitation,
  onClose,
}: {
  invitation: Invitation
  onClose: () => void
}) {
  const [isCopied, setCopied] = useState(false)
  const { official, url, expiresAt } = invitation
  const copy = () => {
    navigator.clipboard?.writeText(url).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <Sheet title={t('identity:link.title')} closeLabel={t('console:close')} onClose={onClose}>
      <div class="stack">
        <Notice kind="warn">
          <p>
            {t('identity:link.what', {
              name: official.displayName,
              until: formatDateTime(new Date(expiresAt)),
            })}
          </p>
        </Notice>
        <code class="desk-secret">{url}</code>
        <Button isWide onClick={copy}>
          {t(isCopied ? 'identity:link.copied' : 'identity:link.copy')}
        </Button>
      </div>
    </Sheet>
  )
}
