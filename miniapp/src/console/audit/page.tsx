import './audit.css'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { AuditRow, SealView } from '../../../../api/rooms/console/index.ts'
import { t } from '../../shared/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { useWork } from '../access/use-work.ts'
import { wordsOr } from '../words.ts'
import { type AuditWish, auditFileUrl, checkSeals, searchAudit } from './calls.ts'
import { AuditLine } from './line.tsx'

const NOTHING: AuditWish = { from: '', to: '', action: '', actor: '', subject: '' }
type Found = { rows: readonly AuditRow[]; nextBefore?: number | undefined }

/** Who did what: search, a file of it, and whether the rows are still as they were written. */
export function AuditPage() {
  const [wish, setWish] = useState(NOTHING)
  const [found, setFound] = useState<Found>()
  const { isBusy, problem, run } = useWork()
  const search = () => run(async () => setFound(await searchAudit(wish)))
  const more = () =>
    run(async () => {
      const next = await searchAudit(wish, found?.nextBefore)
      setFound({ ...next, rows: [...(found?.rows ?? []), ...next.rows] })
    })
  useEffect(() => void search(), [])
  const field = (name: keyof AuditWish) => (
    <TextField
      label={wordsOr(`desk:audit.${name}`, name)}
      value={wish[name]}
      onInput={(value) => setWish({ ...wish, [name]: value })}
    />
  )
  const day = (name: 'from' | 'to') => (
    <div class="field">
      <label class="field-label" for={`audit-${name}`}>
        {t(`desk:audit.${name}`)}
      </label>
      <input
        id={`audit-${name}`}
        class="input"
        type="date"
        value={wish[name]}
        onInput={(event) => setWish({ ...wish, [name]: event.currentTarget.value })}
      />
    </div>
  )
  return (
    <div class="desk-audit stack">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('desk:audit.title')}</h1>
      <p class="muted">{t('desk:audit.intro')}</p>
      <Seals />
      <form
        class="card desk-audit-form"
        onSubmit={(event) => {
          event.preventDefault()
          void search()
        }}
      >
        {day('from')}
        {day('to')}
        {field('action')}
        {field('actor')}
        {field('subject')}
        <div class="desk-line">
          <Button type="submit" isBusy={isBusy}>
            {t('desk:audit.search')}
          </Button>
          <LinkButton look="secondary" href={auditFileUrl(wish)}>
            {t('desk:audit.csv')}
          </LinkButton>
        </div>
      </form>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void search()} />}
      {found === undefined && problem === undefined && <Skeleton rows={5} />}
      {found?.rows.length === 0 && <p class="muted">{t('desk:audit.none')}</p>}
      <ol class="desk-audit-rows">
        {found?.rows.map((row) => (
          <AuditLine key={row.seq} row={row} />
        ))}
      </ol>
      {found?.nextBefore !== undefined && (
        <Button look="secondary" isBusy={isBusy} onClick={() => void more()}>
          {t('desk:audit.more')}
        </Button>
      )}
    </div>
  )
}

function Seals() {
  const [seals, setSeals] = useState<SealView>()
  const { isBusy, problem, run } = useWork()
  return (
    <div class="stack tight">
      <div>
        <Button
          look="secondary"
          isBusy={isBusy}
          onClick={() => void run(async () => setSeals(await checkSeals()))}
        >
          {t('desk:audit.check')}
        </Button>
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div role="status">
        {seals?.brokenSeals.length === 0 && (
          <Notice kind="ok">
            <p>{t('desk:audit.whole', { sealed: seals.sealed, unsealed: seals.unsealed })}</p>
          </Notice>
        )}
      </div>
      {seals?.brokenSeals.map(({ n, fromSeq, toSeq }) => (
        <Notice key={n} kind="error">
          <p>{t('desk:audit.broken', { n, from: fromSeq, to: toSeq })}</p>
        </Notice>
      ))}
    </div>
  )
}
