import { useState } from 'preact/hooks'
import type { TopicKind } from '../../../../api/rooms/delivery/schema.ts'
import { listHamlets } from '../../resident/calls.ts'
import { getNotifyConsent, type Topics } from '../../resident/delivery-calls.ts'
import { useHomeUnit } from '../../resident/home-unit.tsx'
import { listRivers } from '../../resident/readings-calls.ts'
import { ApiProblem } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { Check, SelectField } from '../../ui/field.tsx'

type Added = {
  kind: TopicKind
  unitCode?: string
  hamletId?: string
  minLevel?: number
  consentVersion?: number
}
type Props = { kinds: Topics['kinds']; onAdd: (topic: Added) => Promise<void> }
type Consent = Awaited<ReturnType<typeof getNotifyConsent>>

const needsConsent = (problem: unknown): boolean =>
  problem instanceof ApiProblem && problem.code.startsWith('identity.consent_')

/** Rivers as places: who names one is told by the commune of its station. */
async function listStationsOfRivers() {
  return (await listRivers()).flatMap(({ station: { code, name, river, tellingUnitCode } }) =>
    river === null || tellingUnitCode === null
      ? []
      : [
          {
            value: `river ${code}`,
            label: t('screens:topics.river', { river, station: name }),
            unitCode: tellingUnitCode,
          },
        ],
  )
}

/** One more kind of message for a place; the consent is asked for where none holds yet. */
export function NewTopic({ kinds, onAdd }: Props) {
  const { home } = useHomeUnit()
  const [hamlets] = useLoad(home?.code, () => listHamlets(home?.code ?? ''))
  const [rivers] = useLoad('rivers', listStationsOfRivers)
  const [kind, setKind] = useState<TopicKind>()
  const [level, setLevel] = useState<string>()
  const [place, setPlace] = useState<string>()
  const [consent, setConsent] = useState<Consent>()
  const [agrees, setAgrees] = useState(false)
  const [{ isBusy, problem }, setState] = useState<{ isBusy: boolean; problem?: unknown }>({
    isBusy: false,
  })
  const byRiver = kind === 'flood' && rivers.state === 'ready' ? rivers.data : []
  const where = () => {
    const river = byRiver.find(({ value }) => value === place)
    if (river !== undefined) return { unitCode: river.unitCode }
    if (place === 'city' || home === undefined) return {}
    return { unitCode: home.code, ...(place === undefined ? {} : { hamletId: place }) }
  }
  const add = async () => {
    if (kind === undefined) return
    setState({ isBusy: true })
    const version = consent && agrees ? { consentVersion: consent.version } : {}
    try {
      const minLevel = level === undefined ? {} : { minLevel: Number(level) }
      await onAdd({ kind, ...where(), ...minLevel, ...version })
      setKind(undefined)
      setLevel(undefined)
      setConsent(undefined)
      setState({ isBusy: false })
    } catch (reason) {
      const text = needsConsent(reason)
        ? await getNotifyConsent().catch(() => undefined)
        : undefined
      setConsent(text)
      setState({ isBusy: false, ...(text === undefined ? { problem: reason } : {}) })
    }
  }
  const chosen = kinds.find((one) => one.kind === kind)
  const places = hamlets.state === 'ready' ? hamlets.data : []
  return (
    <div class="stack">
      <SelectField
        label={t('screens:topics.kind')}
        none={t('screens:topics.choose')}
        value={kind}
        options={kinds.map(({ kind: value, label }) => ({ value, label }))}
        onChange={(next) => {
          setKind(next)
          // A river is a place for floods alone.
          if (byRiver.some(({ value }) => value === place)) setPlace(undefined)
          setLevel(undefined)
        }}
      />
      {chosen !== undefined && chosen.levels.length > 0 && (
        <SelectField
          label={t('screens:topics.level')}
          none={t('screens:topics.level_all')}
          value={level}
          options={chosen.levels.map(({ level: from, label }) => ({ value: String(from), label }))}
          onChange={setLevel}
        />
      )}
      <SelectField
        label={t('screens:topics.place')}
        none={home?.name ?? t('screens:topics.choose')}
        value={place}
        options={[
          ...byRiver.map(({ value, label }) => ({ value, label })),
          ...places.map(({ id, name }) => ({ value: id, label: name })),
          { value: 'city', label: t('screens:topics.city') },
        ]}
        onChange={setPlace}
      />
      {chosen !== undefined && (
        <p class="muted small own-words" aria-live="polite">
          {chosen.example}
        </p>
      )}
      {consent && (
        <div class="stack" role="status">
          <p class="own-words">{consent.body}</p>
          <Check label={t('miniapp:consent.agree')} isOn={agrees} onChange={setAgrees} />
        </div>
      )}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div>
        <Button
          look="secondary"
          isBusy={isBusy}
          isDisabled={kind === undefined || (consent !== undefined && !agrees)}
          onClick={add}
        >
          {t('screens:topics.add')}
        </Button>
      </div>
    </div>
  )
}
