import { useState } from 'preact/hooks'
import { answerOf } from '../../offline/outbox.ts'
import { platform } from '../../platform/index.ts'
import { ownCase } from '../../resident/own-cases.ts'
import { Page } from '../../resident/page.tsx'
import { shareCase } from '../../resident/share.ts'
import { t } from '../../shared/i18n.ts'
import { dayText } from '../../shared/words.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/feedback.tsx'
import { Icon } from '../../ui/icons.tsx'

function CodeTools({ code }: { code: string }) {
  const [said, setSaid] = useState('')
  const copy = async () => {
    const isDone = await platform().copy(code)
    setSaid(t(isDone ? 'miniapp:sent.copied' : 'miniapp:sent.copy_failed'))
  }
  return (
    <>
      <div class="button-row">
        <Button look="secondary" onClick={copy}>
          <Icon name="copy" />
          {t('miniapp:sent.copy')}
        </Button>
        <Button look="secondary" onClick={() => shareCase(code).then(setSaid)}>
          <Icon name="share" />
          {t('miniapp:sent.share')}
        </Button>
      </div>
      <p class="muted small live" role="status">
        {said}
      </p>
    </>
  )
}

/** The code, who looks next, and by when. */
export function SentPage({ code }: { code: string }) {
  const created = answerOf(code)
  const isKept = ownCase(code) !== undefined
  return (
    <Page title={t('miniapp:sent.title')} back={{ href: '#/', label: t('miniapp:nav.home') }}>
      <Card>
        <p class="muted">{t('miniapp:sent.code')}</p>
        <p class="big-code">{code}</p>
        <CodeTools code={code} />
      </Card>
      {created && (
        <Card title={t('miniapp:sent.next')}>
          <p>{created.nextStep}</p>
          {created.dueDate && (
            <p class="due">
              <Icon name="clock" /> {t('miniapp:case.due', { day: dayText(created.dueDate) })}
            </p>
          )}
        </Card>
      )}
      {created && !isKept && (
        <Notice kind="warn">
          <p>{t('miniapp:sent.not_kept')}</p>
        </Notice>
      )}
      <div class="button-row">
        <LinkButton href={`#/case/${code}`}>{t('miniapp:sent.follow')}</LinkButton>
        <LinkButton href="#/" look="secondary">
          {t('miniapp:nav.home')}
        </LinkButton>
      </div>
    </Page>
  )
}
