import { useState } from 'preact/hooks'
import { keepLesson } from '../../resident/guide-calls.ts'
import { useSignedIn } from '../../resident/session.ts'
import { useConsented } from '../../resident/use-consented.tsx'
import { t } from '../../shared/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'

/** Only on request and with consent is it kept that a lesson was done. */
export function KeepResult({ lessonId, answers }: { lessonId: string; answers: number[] }) {
  const isSignedIn = useSignedIn()
  const [isKept, setKept] = useState(false)
  const { isBusy, problem, isWaiting, ask, run } = useConsented('learn')
  const own = (
    <LinkButton look="secondary" href="#/learning">
      {t('screens:learning.title')}
    </LinkButton>
  )
  if (!isSignedIn) return own
  if (isKept)
    return (
      <>
        <Notice kind="ok">{t('screens:learning.kept')}</Notice>
        {own}
      </>
    )
  const keep = async () => {
    if (await run((agreed) => keepLesson(lessonId, { answers, ...agreed }))) setKept(true)
  }
  return (
    <>
      {ask}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <Button look="secondary" isWide isBusy={isBusy} isDisabled={isWaiting} onClick={keep}>
        {t('screens:learning.keep')}
      </Button>
    </>
  )
}
