import { useState } from 'preact/hooks'
import { platform } from '../../platform/index.ts'
import { publicUrl } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { timeText } from '../../shared/words.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import { delegateDossier, endDelegation, type Followed } from './calls.ts'

type Made = Awaited<ReturnType<typeof delegateDossier>>

/** The code, to be read out or sent on; its link ends in a part of the address that no server sees. */
function Code({ made }: { made: Made }) {
  const [said, setSaid] = useState('')
  const share = async () => {
    const outcome = await platform().share({
      title: t('screens:relative.share'),
      text: t('screens:relative.share.text', { code: made.code }),
      url: publicUrl(`#/dossiers/take/${made.code}`),
    })
    setSaid(outcome === 'copied' ? t('miniapp:sent.copied') : '')
  }
  return (
    <Notice kind="ok" title={t('screens:relative.made', { code: made.code })}>
      <p>{t('screens:relative.made.text', { until: timeText(made.expiresAt) })}</p>
      <div>
        <Button look="secondary" onClick={() => void share()}>
          {t('screens:relative.share')}
        </Button>
      </div>
      <p role="status">{said}</p>
    </Notice>
  )
}

type Props = { followed: Followed; onChange: () => void }

/** Who else sees a dossier: its owner lets them in and out, a relative is told whose it is. */
export function Relatives({ followed, onChange }: Props) {
  const { dossier, isDelegated, mayDelegate, relatives, openCodeUntil } = followed
  const [made, setMade] = useState<Made>()
  const { isBusy, problem, run } = useWork()
  if (isDelegated) return <p>{t('screens:relative.given')}</p>
  if (!mayDelegate) return <p class="muted">{t('screens:relative.digits')}</p>
  const make = () => run(async () => setMade(await delegateDossier(dossier.code)))
  const end = (which: string) =>
    run(async () => {
      await endDelegation(dossier.code, which)
      setMade(undefined)
      onChange()
    })
  return (
    <section class="stack tight" aria-label={t('screens:relative.title')}>
      <p class="field-label">{t('screens:relative.title')}</p>
      <p class="muted">{t('screens:relative.text')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {relatives.length > 0 && (
        <ul class="stack tight">
          {relatives.map(({ id, since }) => (
            <li key={id} class="button-row">
              <span>{t('screens:relative.since', { at: timeText(since) })}</span>
              <Button
                look="quiet"
                isBusy={isBusy}
                label={t('screens:relative.end.of', { at: timeText(since) })}
                onClick={() => void end(id)}
              >
                {t('screens:relative.end')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {made && <Code made={made} />}
      {made === undefined && openCodeUntil !== null && (
        <p>{t('screens:relative.open', { until: timeText(openCodeUntil) })}</p>
      )}
      <div class="button-row">
        {made === undefined && (
          <Button look="secondary" isBusy={isBusy} onClick={() => void make()}>
            {t('screens:relative.make')}
          </Button>
        )}
        {(made !== undefined || openCodeUntil !== null) && (
          <Button look="quiet" isBusy={isBusy} onClick={() => void end('codes')}>
            {t('screens:relative.cancel')}
          </Button>
        )}
      </div>
    </section>
  )
}
