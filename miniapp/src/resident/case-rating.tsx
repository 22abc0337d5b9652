import { useState } from 'preact/hooks'
import { t } from '../shared/i18n.ts'
import { asKey } from '../shared/keys.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Choices } from '../ui/choices.tsx'
import { Notice, ProblemNotice } from '../ui/feedback.tsx'
import { TextArea } from '../ui/field.tsx'
import { rateIncident } from './calls.ts'
import { ownCase } from './own-cases.ts'

const MARKS = ['5', '4', '3', '2', '1'] as const
type Mark = (typeof MARKS)[number]
const MAX_COMMENT = 500

/** The sender's mark for the answer; it needs the secret that this device keeps, and ends the case. */
export function CaseRating({ code, onRated }: { code: string; onRated: () => void }) {
  const [mark, setMark] = useState<Mark>()
  const [comment, setComment] = useState('')
  const [state, setState] = useState<'idle' | 'asked' | 'busy' | 'done'>('idle')
  const [problem, setProblem] = useState<unknown>()
  const send = async () => {
    const secret = ownCase(code)?.secret
    if (mark === undefined || secret === undefined) return setState('asked')
    setState('busy')
    setProblem(undefined)
    const words = comment.trim()
    try {
      const rating = Number(mark)
      await rateIncident(code, { secret, rating, ...(words ? { comment: words } : {}) })
      setState('done')
      onRated()
    } catch (reason) {
      setState('idle')
      setProblem(reason)
    }
  }
  if (state === 'done') return <Notice kind="ok">{t('miniapp:rating.done')}</Notice>
  return (
    <Card title={t('miniapp:rating.title')}>
      <Choices
        legend={t('miniapp:rating.legend')}
        options={MARKS.map((value) => ({ value, label: t(asKey(`miniapp:rating.mark.${value}`)) }))}
        value={mark}
        onChange={setMark}
        {...(state === 'asked' ? { error: t('miniapp:rating.missing') } : {})}
      />
      <TextArea
        label={t('miniapp:rating.comment')}
        value={comment}
        maxLength={MAX_COMMENT}
        onInput={setComment}
      />
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="button-row">
        <Button isBusy={state === 'busy'} onClick={send}>
          {t('miniapp:rating.send')}
        </Button>
      </div>
    </Card>
  )
}
