import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Invitation, OfficialRecord } from '../../../../api/rooms/identity/index.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import type { Official } from '../types.ts'
import { listOfficials } from './calls.ts'
import { InvitationSheet } from './invitation-sheet.tsx'
import { PersonSheet } from './person-sheet.tsx'

/** Everybody with an account: who they are, what they may do, and whether they have a second factor. */
export function PeoplePage({ me }: { me: Official }) {
  const [rows, setRows] = useState<readonly OfficialRecord[]>()
  const [open, setOpen] = useState<OfficialRecord | 'new'>()
  const [invitation, setInvitation] = useState<Invitation>()
  const { problem, run } = useWork()
  const load = () => run(async () => setRows(await listOfficials()))
  useEffect(() => void load(), [])
  const done = (made?: Invitation) => {
    setOpen(undefined)
    setInvitation(made)
    void load()
  }
  return (
    <div class="desk-narrow stack">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <div class="desk-line spread">
        <h1>{t('identity:people.title')}</h1>
        <Button onClick={() => setOpen('new')}>{t('identity:people.invite')}</Button>
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void load()} />}
      {rows === undefined && problem === undefined && <Skeleton />}
      <ul class="desk-sessions">
        {rows?.map((row) => (
          <PersonRow key={row.id} row={row} isMe={row.id === me.id} onOpen={() => setOpen(row)} />
        ))}
      </ul>
      {open && (
        <PersonSheet
          record={open === 'new' ? undefined : open}
          me={me}
          onClose={() => setOpen(undefined)}
          onDone={done}
        />
      )}
      {invitation && (
        <InvitationSheet invitation={invitation} onClose={() => setInvitation(undefined)} />
      )}
    </div>
  )
}

type RowProps = { row: OfficialRecord; isMe: boolean; onOpen: () => void }

function PersonRow({ row, isMe, onOpen }: RowProps) {
  const tasks = [
    ...row.roles.map((role) => t(`identity:role.${role}`)),
    ...row.capabilities.map((one) => t(`identity:capability.${one}`)),
  ]
  return (
    <li class="card">
      <div>
        <p class="desk-strong">
          {row.displayName}
          {isMe && <span class="badge done">{t('identity:people.me')}</span>}
          {row.disabledAt !== null && <span class="badge">{t('identity:people.ended')}</span>}
        </p>
        <p class="muted small">
          {row.login} · {tasks.join(', ') || t('identity:people.no_task')}
        </p>
        <p class="muted small">
          {t(row.hasSecondFactor ? 'identity:people.second' : 'identity:people.no_second')}
        </p>
      </div>
      {!isMe && (
        <Button
          look="secondary"
          onClick={onOpen}
          label={t('identity:people.change_who', { name: row.displayName })}
        >
          {t('identity:people.change')}
        </Button>
      )}
    </li>
  )
}
