import { useState } from 'preact/hooks'
import type { ScamAnswer } from '../../../../api/rooms/guides/index.ts'
import { platform } from '../../platform/index.ts'
import { Page } from '../../resident/page.tsx'
import { postJson } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Icon } from '../../ui/icons.tsx'

const MAX_TEXT = 4000
const LOOKS = { known_scam: 'error', suspicious: 'warn', unknown: 'info', official: 'ok' } as const

/** In the body: what a person writes stands in no address and no log. */
const check = (text: string) => postJson<ScamAnswer>('/scam-checks', { text })
const report = (text: string) => postJson<{ text: string }>('/scam-reports', { text })

/** One tap tells officials; the answer takes the button's place. */
function Report({ text }: { text: string }) {
  const { isBusy, problem, run } = useWork()
  const [told, setTold] = useState<string>()
  const send = async () => setTold((await run(() => report(text)))?.text)
  if (told !== undefined)
    return (
      <Notice kind="ok">
        <p>{told}</p>
      </Notice>
    )
  return (
    <>
      <Button look="secondary" isBusy={isBusy} onClick={() => void send()}>
        {t('screens:scam.report')}
      </Button>
      <p class="muted small">{t('screens:scam.report.note')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </>
  )
}

function Answer({ answer, text }: { answer: ScamAnswer; text: string }) {
  const { verdict, headline, reasons, advice, calls, canReport } = answer
  return (
    <div class="stack">
      <Notice kind={LOOKS[verdict]} title={headline}>
        {reasons.length > 0 && (
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
      </Notice>
      <h2>{t('screens:scam.now')}</h2>
      <ul>
        {advice.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <div class="button-row">
        {calls.map(({ name, phone }) => (
          <LinkButton key={phone} look="secondary" href={`tel:${phone}`}>
            <Icon name="phone" />
            {name}: {phone}
          </LinkButton>
        ))}
      </div>
      {canReport && <Report text={text} />}
    </div>
  )
}

/** A link, number, account, message or QR code is checked; nothing of it is kept or opened. */
export function ScamPage() {
  const [text, setText] = useState('')
  const [isAsked, setAsked] = useState(false)
  const [result, setResult] = useState<{ answer: ScamAnswer; text: string }>()
  const { isBusy, problem, run } = useWork()
  const ask = async (words: string) => {
    setAsked(true)
    setResult(undefined)
    if (words.trim() === '') return
    const answer = await run(() => check(words))
    if (answer) setResult({ answer, text: words })
  }
  const scan = async () => {
    const read = await platform().scanQr?.()
    if (read === undefined) return
    setText(read)
    await ask(read)
  }
  return (
    <Page title={t('screens:scam.title')}>
      <Card>
        <form
          class="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void ask(text)
          }}
        >
          <TextArea
            label={t('screens:scam.label')}
            hint={t('screens:scam.text')}
            value={text}
            maxLength={MAX_TEXT}
            onInput={setText}
            {...(isAsked && text.trim() === '' ? { error: t('screens:scam.missing') } : {})}
          />
          <div class="button-row">
            <Button type="submit" isBusy={isBusy}>
              <Icon name="shield" />
              {t('screens:scam.check')}
            </Button>
            {platform().scanQr && (
              <Button look="secondary" onClick={() => void scan()}>
                <Icon name="scan" />
                {t('miniapp:lookup.scan')}
              </Button>
            )}
          </div>
        </form>
      </Card>
      <div class="stack live" aria-live="polite">
        {isBusy && <Skeleton rows={2} />}
        {problem !== undefined && <ProblemNotice problem={problem} />}
        {result && <Answer key={result.text} {...result} />}
      </div>
    </Page>
  )
}
