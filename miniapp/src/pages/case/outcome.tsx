import { useState } from 'preact/hooks'
import type { OwnIncident } from '../../../../api/rooms/incidents/schema.ts'
import { moveOwn } from '../../resident/own-calls.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Choices } from '../../ui/choices.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Icon } from '../../ui/icons.tsx'
import { REOPEN_DAYS, whyNoReopening } from './reopening.ts'

const MARKS = ['5', '4', '3', '2', '1'] as const
type Mark = (typeof MARKS)[number]
const MAX_NOTE = 500

type FormProps = { code: string; onChange: (own: OwnIncident) => void }

/** The sender's mark and why; it ends the case. */
function RatingForm({ code, onChange }: FormProps) {
  const [mark, setMark] = useState<Mark>()
  const [comment, setComment] = useState('')
  const [isAsked, setAsked] = useState(false)
  const { isBusy, problem, run } = useWork()
  const send = async () => {
    if (mark === undefined) return setAsked(true)
    const words = comment.trim()
    const rating = Number(mark)
    const move = { kind: 'rate' as const, rating, ...(words ? { comment: words } : {}) }
    const own = await run(() => moveOwn(code, move))
    if (own) onChange(own)
  }
  return (
    <>
      <Choices
        legend={t('miniapp:rating.legend')}
        options={MARKS.map((value) => ({ value, label: t(asKey(`miniapp:rating.mark.${value}`)) }))}
        value={mark}
        onChange={setMark}
        {...(isAsked && mark === undefined ? { error: t('miniapp:rating.missing') } : {})}
      />
      <TextArea
        label={t('miniapp:rating.comment')}
        hint={t('screens:rating.ends')}
        value={comment}
        maxLength={MAX_NOTE}
        onInput={setComment}
      />
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="button-row">
        <Button isBusy={isBusy} onClick={send}>
          {t('miniapp:rating.send')}
        </Button>
      </div>
    </>
  )
}

/** What is not done yet; without it nobody knows what to do again. */
function ReopenForm({ code, onChange }: FormProps) {
  const [note, setNote] = useState('')
  const [isAsked, setAsked] = useState(false)
  const { isBusy, problem, run } = useWork()
  const words = note.trim()
  const send = async () => {
    if (words === '') return setAsked(true)
    const own = await run(() => moveOwn(code, { kind: 'reopen', note: words }))
    if (own) onChange(own)
  }
  return (
    <>
      <TextArea
        label={t('screens:reopen.note')}
        hint={t('screens:reopen.note.hint')}
        value={note}
        maxLength={MAX_NOTE}
        isRequired
        onInput={setNote}
        {...(isAsked && words === '' ? { error: t('screens:reopen.missing') } : {})}
      />
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="button-row">
        <Button isBusy={isBusy} onClick={send}>
          {t('screens:reopen.send')}
        </Button>
      </div>
    </>
  )
}

function NoReopening({ own }: { own: OwnIncident }) {
  const why = whyNoReopening(own)
  return why === undefined ? null : (
    <p class="muted">{t(asKey(`screens:reopen.no.${why}`), { days: REOPEN_DAYS })}</p>
  )
}

type Way = 'rate' | 'reopen'

/** Is it done? One question first; rating it or opening it again comes after the answer. */
export function Outcome({ own, onChange }: { own: OwnIncident; onChange: FormProps['onChange'] }) {
  const [way, setWay] = useState<Way>()
  const code = own.publicCode
  const ways = (['rate', 'reopen'] as const).filter((one) => own.moves.includes(one))
  if (own.rating !== undefined) {
    const mark = t(asKey(`miniapp:rating.mark.${own.rating}`))
    return <Notice kind="ok">{t('screens:rating.given', { mark })}</Notice>
  }
  if (ways.length === 0) return <NoReopening own={own} />
  return (
    <Card title={t('screens:outcome.title')}>
      <div class="outcome-ways">
        {ways.map((one) => (
          <Button
            key={one}
            isBig
            look={way === one ? 'primary' : 'secondary'}
            isPressed={way === one}
            onClick={() => setWay(one)}
          >
            <Icon name={one === 'rate' ? 'check' : 'restart'} />
            {t(one === 'rate' ? 'screens:outcome.rate' : 'screens:outcome.reopen')}
          </Button>
        ))}
      </div>
      {way === 'rate' && <RatingForm code={code} onChange={onChange} />}
      {way === 'reopen' && <ReopenForm code={code} onChange={onChange} />}
      <NoReopening own={own} />
    </Card>
  )
}
