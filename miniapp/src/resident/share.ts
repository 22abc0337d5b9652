import { platform } from '../platform/index.ts'
import { publicUrl } from '../shared/api.ts'
import { t } from '../shared/i18n.ts'

/** The public address of a case; it shows public facts only and lets nobody act on it. */
const caseUrl = (code: string): string => publicUrl(`#/case/${code}`)

/** Hands a case to the host's sharing; resolves to what to tell the reader, which may be nothing. */
export async function shareCase(code: string): Promise<string> {
  const text = t('miniapp:sent.share_text', { code })
  const outcome = await platform().share({ title: code, text, url: caseUrl(code) })
  if (outcome === 'failed') return t('screens:share.failed', { code })
  return outcome === 'copied' ? t('miniapp:sent.copied') : ''
}
