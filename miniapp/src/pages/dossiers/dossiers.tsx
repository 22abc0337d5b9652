import { useEffect, useState } from 'preact/hooks'
import { AgeNote } from '../../offline/age-note.tsx'
import { useKept } from '../../offline/use-kept.ts'
import { platform } from '../../platform/index.ts'
import { Page } from '../../resident/page.tsx'
import { useSignedIn } from '../../resident/session.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icons.tsx'
import { type Asked, type Found, listFollowed, lookUp } from './calls.ts'
import { DossierCard } from './dossier-card.tsx'
import { Procedures } from './procedures.tsx'
import { TakeDossier } from './take.tsx'

const MAX_CODE = 200
const DIGITS = 4

type AskProps = { onAsk: (asked: Asked) => void; isBusy: boolean }

/** The code of the receipt, typed or scanned; four digits more open the details. */
function AskForm({ onAsk, isBusy }: AskProps) {
  const [code, setCode] = useState('')
  const [digits, setDigits] = useState('')
  const [isAsked, setAsked] = useState(false)
  const ask = (text: string) => {
    setAsked(true)
    if (text.trim() === '') return
    onAsk({ code: text.trim(), ...(digits === '' ? {} : { digits }) })
  }
  const scan = async () => {
    const text = await platform().scanQr?.()
    if (text === undefined) return
    setCode(text)
    ask(text)
  }
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        ask(code)
      }}
    >
      <TextField
        label={t('screens:dossier.code')}
        hint={t('screens:dossier.code.hint')}
        value={code}
        maxLength={MAX_CODE}
        onInput={setCode}
        {...(isAsked && code.trim() === '' ? { error: t('screens:dossier.code.missing') } : {})}
      />
      <TextField
        label={t('screens:dossier.digits')}
        hint={t('screens:dossier.digits.hint')}
        type="tel"
        value={digits}
        maxLength={DIGITS}
        onInput={setDigits}
      />
      <div class="button-row">
        <Button type="submit" isBusy={isBusy}>
          <Icon name="search" />
          {t('screens:dossier.find')}
        </Button>
        {platform().scanQr && (
          <Button look="secondary" onClick={scan}>
            <Icon name="scan" />
            {t('miniapp:lookup.scan')}
          </Button>
        )}
      </div>
    </form>
  )
}

type AnswerProps = {
  found: Found
  asked: Asked
  onAsk: (asked: Asked) => void
  onFollow: () => void
}

function Answer({ found, asked, onAsk, onFollow }: AnswerProps) {
  switch (found.outcome) {
    case 'found':
      return <DossierCard dossier={found.dossier} asked={asked} onChange={onFollow} />
    case 'did_you_mean':
      return (
        <Notice kind="warn">
          <p>{t('screens:dossier.meant', { code: found.code })}</p>
          <div>
            <Button look="secondary" onClick={() => onAsk({ ...asked, code: found.code })}>
              {t('screens:dossier.meant.yes')}
            </Button>
          </div>
        </Notice>
      )
    case 'elsewhere':
      return (
        <Notice>
          <p>{found.text}</p>
        </Notice>
      )
  }
}

function LookUp({ onFollow }: { onFollow: () => void }) {
  const [result, setResult] = useState<{ found: Found; asked: Asked }>()
  const { isBusy, problem, run } = useWork()
  const ask = async (asked: Asked) => {
    setResult(undefined)
    const found = await run(() => lookUp(asked))
    if (found) setResult({ found, asked })
  }
  return (
    <>
      <Card>
        <AskForm onAsk={ask} isBusy={isBusy} />
      </Card>
      <div class="stack live" aria-live="polite">
        {isBusy && <Skeleton rows={2} />}
        {problem !== undefined && <ProblemNotice problem={problem} />}
        {result && <Answer {...result} onAsk={ask} onFollow={onFollow} />}
      </div>
    </>
  )
}

/** `changes`: how often the page changed what is followed. */
function Followed({ changes }: { changes: number }) {
  // Kept answers of before relatives were named lack them.
  const [loaded, retry] = useKept('followed-with-relatives', listFollowed)
  useEffect(() => {
    if (changes > 0) retry()
  }, [changes])
  if (loaded.state === 'loading') return <Skeleton rows={2} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  if (loaded.data.data.length === 0) return null
  return (
    <section class="stack" aria-labelledby="followed">
      <h2 id="followed">{t('screens:dossier.followed')}</h2>
      <AgeNote keptAt={loaded.data.keptAt} />
      {loaded.data.data.map((followed) => (
        <DossierCard
          key={followed.dossier.code}
          dossier={followed.dossier}
          asked={{ code: followed.dossier.code }}
          followed={followed}
          onChange={retry}
        />
      ))}
    </section>
  )
}

/** Where a dossier is, and what a paper needs. A dossier's code is no part of an address. */
export function DossiersPage({ given }: { given?: string | undefined }) {
  const [changes, setChanges] = useState(0)
  const changed = () => setChanges((count) => count + 1)
  const take = <TakeDossier given={given} onTaken={changed} />
  return (
    <Page title={t('screens:dossier.title')}>
      <p class="muted">{t('screens:dossier.text')}</p>
      {given !== undefined && take}
      <LookUp onFollow={changed} />
      {useSignedIn() && <Followed changes={changes} />}
      {given === undefined && take}
      <Procedures />
    </Page>
  )
}
