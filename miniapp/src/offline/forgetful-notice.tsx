import { t } from '../shared/i18n.ts'
import { useChanges } from '../shared/use-changes.ts'
import { Notice } from '../ui/feedback.tsx'
import { forgetfulListeners, isForgetful } from './idb.ts'

/** Says that this device keeps nothing (private window, old web view, no room): the page has to stay open. */
export function ForgetfulNotice() {
  useChanges(forgetfulListeners)
  if (!isForgetful()) return null
  return (
    <Notice kind="warn" title={t('miniapp:forgetful.title')}>
      <p>{t('miniapp:forgetful.text')}</p>
    </Notice>
  )
}
