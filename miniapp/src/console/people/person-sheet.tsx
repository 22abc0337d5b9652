import { useState } from 'preact/hooks'
import type { Invitation, OfficialRecord } from '../../../../api/rooms/identity/index.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { Check, TextField } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useWork } from '../access/use-work.ts'
import type { Official } from '../types.ts'
import { change, invite, reinvite, retire, saveProvider } from './calls.ts'

type Role = OfficialRecord['roles'][number]
type Capability = OfficialRecord['capabilities'][number]

/** As the room's lists, typed here: importing them would bring the schema library along. */
const ROLES: Record<Role, true> = { officer: true, dispatcher: true, approver: true, admin: true }
const CAPABILITIES: Record<Capability, true> = {
  duty: true,
  onestop: true,
  editor: true,
  hamlet_head: true,
  community_team: true,
  identity_viewer: true,
}

type PersonProps = {
  /** Undefined: somebody new. */
  record: OfficialRecord | undefined
  me: Official
  onClose: () => void
  onDone: (invitation?: Invitation) => void
}

const toggled = <T,>(list: readonly T[], one: T, isOn: boolean): T[] =>
  isOn ? [...list, one] : list.filter((other) => other !== one)

/** Name, tasks and place of work of one person; a new link, or the end of the account. */
export function PersonSheet({ record, me, onClose, onDone }: PersonProps) {
  const [login, setLogin] = useState(record?.login ?? '')
  const [displayName, setName] = useState(record?.displayName ?? '')
  const [roles, setRoles] = useState<readonly Role[]>(record?.roles ?? [])
  const [capabilities, setCapabilities] = useState<readonly Capability[]>(
    record?.capabilities ?? [],
  )
  const [unitCode, setUnit] = useState(
    record === undefined ? (me.unitCode ?? '') : (record.unitCode ?? ''),
  )
  const [agencyCode, setAgency] = useState(record?.agencyCode ?? '')
  const [email, setEmail] = useState(record?.providerEmail ?? '')
  const [isEnding, setEnding] = useState(false)
  const { isBusy, problem, run } = useWork()
  const person = {
    displayName,
    roles: [...roles],
    capabilities: [...capabilities],
    unitCode: unitCode.trim() || null,
    agencyCode: agencyCode.trim() || null,
  }
  const save = () =>
    run(async () => {
      if (record === undefined) return onDone(await invite({ login, ...person }))
      await change(record.id, { version: record.version, ...person })
      if (email.trim() !== (record.providerEmail ?? ''))
        await saveProvider(record.id, email.trim() || null)
      onDone()
    })
  return (
    <Sheet
      title={record?.displayName ?? t('identity:people.invite')}
      closeLabel={t('console:close')}
      onClose={onClose}
    >
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {problem !== undefined && <ProblemNotice problem={problem} />}
        {record === undefined && (
          <TextField
            label={t('console:signin.login')}
            hint={t('identity:people.login_hint')}
            value={login}
            onInput={setLogin}
            maxLength={40}
            isRequired
          />
        )}
        <TextField
          label={t('identity:people.name')}
          value={displayName}
          onInput={setName}
          maxLength={100}
          isRequired
        />
        <fieldset class="stack tight">
          <legend class="field-label">{t('identity:people.roles')}</legend>
          {(Object.keys(ROLES) as Role[]).map((role) => (
            <Check
              key={role}
              label={t(`identity:role.${role}`)}
              hint={t(`identity:role.${role}.hint`)}
              isOn={roles.includes(role)}
              onChange={(isOn) => setRoles(toggled(roles, role, isOn))}
            />
          ))}
        </fieldset>
        <fieldset class="stack tight">
          <legend class="field-label">{t('identity:people.capabilities')}</legend>
          {(Object.keys(CAPABILITIES) as Capability[]).map((one) => (
            <Check
              key={one}
              label={t(`identity:capability.${one}`)}
              isOn={capabilities.includes(one)}
              onChange={(isOn) => setCapabilities(toggled(capabilities, one, isOn))}
            />
          ))}
        </fieldset>
        <TextField
          label={t('identity:people.unit')}
          hint={t('identity:people.unit_hint')}
          value={unitCode}
          onInput={setUnit}
          maxLength={5}
        />
        <TextField
          label={t('identity:people.agency')}
          hint={t('identity:people.agency_hint')}
          value={agencyCode}
          onInput={setAgency}
          maxLength={60}
        />
        {record !== undefined && (
          <TextField
            label={t('identity:people.provider')}
            hint={t(
              record.isProviderLinked
                ? 'identity:people.provider_linked'
                : 'identity:people.provider_hint',
            )}
            value={email}
            onInput={setEmail}
            maxLength={200}
          />
        )}
        <Button type="submit" isWide isBusy={isBusy}>
          {t(record === undefined ? 'identity:people.make_link' : 'identity:people.save')}
        </Button>
        {record !== undefined && (
          <>
            <Button
              look="secondary"
              isWide
              isBusy={isBusy}
              onClick={() => void run(async () => onDone(await reinvite(record.id)))}
            >
              {t('identity:people.reinvite')}
            </Button>
            <p class="muted small">{t('identity:people.reinvite_hint')}</p>
          </>
        )}
        {record !== undefined && record.disabledAt === null && (
          <Button
            look="danger"
            isWide
            isBusy={isBusy}
            onClick={() => {
              if (!isEnding) return setEnding(true)
              void run(async () => {
                await retire(record.id)
                onDone()
              })
            }}
          >
            {t(isEnding ? 'identity:people.end_sure' : 'identity:people.end')}
          </Button>
        )}
      </form>
    </Sheet>
  )
}
