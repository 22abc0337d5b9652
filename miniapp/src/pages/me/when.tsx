import { useState } from 'preact/hooks'
import { type Preferences, savePreferences } from '../../resident/delivery-calls.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { Choices } from '../../ui/choices.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { channelName } from './channels.tsx'

const CHANNELS = ['zalo-oa', 'telegram', 'zalo-bot', 'web'] as const
type Channel = (typeof CHANNELS)[number]

/** Where messages go first, and the hours in which only danger to life may ring. */
export function When({ preferences }: { preferences: Preferences }) {
  const [first, setFirst] = useState<Channel | undefined>(preferences.channelOrder[0])
  const [quiet, setQuiet] = useState(preferences.quietHours)
  const [isSaved, setSaved] = useState(false)
  const { isBusy, problem, run } = useWork()
  const save = async () => {
    setSaved(false)
    const order = preferences.channelOrder.filter((channel) => channel !== first)
    const channelOrder = first === undefined ? order : [first, ...order]
    if (await run(() => savePreferences({ channelOrder, quietHours: quiet }))) setSaved(true)
  }
  return (
    <>
      <Choices
        legend={t('screens:when.first')}
        look="chips"
        options={CHANNELS.map((value) => ({ value, label: channelName(value) }))}
        value={first}
        onChange={setFirst}
      />
      <p class="muted">{t('screens:when.quiet')}</p>
      <div class="field-pair">
        <TextField
          label={t('screens:when.from')}
          type="time"
          value={quiet.from}
          onInput={(from) => setQuiet({ ...quiet, from })}
        />
        <TextField
          label={t('screens:when.to')}
          type="time"
          value={quiet.to}
          onInput={(to) => setQuiet({ ...quiet, to })}
        />
      </div>
      <div class="live" aria-live="polite">
        {isSaved && <Notice kind="ok">{t('screens:when.saved')}</Notice>}
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div>
        <Button look="secondary" isBusy={isBusy} onClick={save}>
          {t('miniapp:me.save')}
        </Button>
      </div>
    </>
  )
}
