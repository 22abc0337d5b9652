import { useState } from 'preact/hooks'
import { answerSatisfaction } from '../../resident/own-calls.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Choices } from '../../ui/choices.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'

const SCORES = ['5', '4', '3', '2', '1'] as const

/** The independent question a week after closing; officials see sums only. */
export function Satisfaction({ code }: { code: string }) {
  const [score, setScore] = useState<(typeof SCORES)[number]>()
  const [isDone, setDone] = useState(false)
  const { isBusy, problem, run } = useWork()
  if (isDone) return <Notice kind="ok">{t('miniapp:rating.done')}</Notice>
  const send = async () => {
    if (await run(() => answerSatisfaction(code, Number(score)))) setDone(true)
  }
  return (
    <Card title={t('screens:satisfaction.title')}>
      <p class="muted">{t('screens:satisfaction.text')}</p>
      <Choices
        legend={t('miniapp:rating.legend')}
        options={SCORES.map((value) => ({
          value,
          label: t(asKey(`miniapp:rating.mark.${value}`)),
        }))}
        value={score}
        onChange={setScore}
      />
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="button-row">
        <Button isBusy={isBusy} isDisabled={score === undefined} onClick={send}>
          {t('miniapp:rating.send')}
        </Button>
      </div>
    </Card>
  )
}
