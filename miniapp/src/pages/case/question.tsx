import { useState } from 'preact/hooks'
import type { OwnIncident } from '../../../../api/rooms/incidents/schema.ts'
import { moveOwn } from '../../resident/own-calls.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { TextArea } from '../../ui/field.tsx'

const MAX_INFO = 500

type Props = { own: OwnIncident; question: string; onChange: (own: OwnIncident) => void }

/** What the office asks, and the answer to it; photos go by the card below. */
export function Question({ own, question, onChange }: Props) {
  const [text, setText] = useState('')
  const [isAsked, setAsked] = useState(false)
  const { isBusy, problem, run } = useWork()
  const words = text.trim()
  const send = async () => {
    if (words === '') return setAsked(true)
    const next = await run(() => moveOwn(own.publicCode, { kind: 'give_info', text: words }))
    if (next) onChange(next)
  }
  return (
    <Card title={t('miniapp:case.question')}>
      <p class="own-words">{question}</p>
      <TextArea
        label={t('screens:question.answer')}
        value={text}
        maxLength={MAX_INFO}
        isRequired
        onInput={setText}
        {...(isAsked && words === '' ? { error: t('screens:question.missing') } : {})}
      />
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="button-row">
        <Button isBusy={isBusy} onClick={send}>
          {t('screens:question.send')}
        </Button>
      </div>
    </Card>
  )
}
