import { useEffect, useState } from 'preact/hooks'
import { platform } from '../../platform/index.ts'
import { exportMe } from '../../resident/delivery-calls.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'

type Copy = { text: string; url: string }

/** The copy of one's data as a file; where an app lets pages save nothing, it can be copied as text. */
export function Export() {
  const [copy, setCopy] = useState<Copy>()
  const [said, setSaid] = useState('')
  const { isBusy, problem, run } = useWork()
  useEffect(() => () => copy && URL.revokeObjectURL(copy.url), [copy])
  const make = async () => {
    const text = await run(exportMe)
    if (text === undefined) return
    setCopy({ text, url: URL.createObjectURL(new Blob([text], { type: 'application/json' })) })
  }
  const take = async (text: string) =>
    setSaid(t((await platform().copy(text)) ? 'miniapp:sent.copied' : 'screens:export.no_copy'))
  return (
    <div class="stack" aria-live="polite">
      <p>{t('screens:export.text')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {copy === undefined ? (
        <div>
          <Button look="secondary" isBusy={isBusy} onClick={make}>
            {t('screens:export.make')}
          </Button>
        </div>
      ) : (
        <div class="button-row">
          <a class="button primary" href={copy.url} download="loa.json">
            {t('screens:export.save')}
          </a>
          <Button look="secondary" onClick={() => take(copy.text)}>
            {t('screens:export.copy')}
          </Button>
        </div>
      )}
      <p class="muted live" role="status">
        {said}
      </p>
    </div>
  )
}
