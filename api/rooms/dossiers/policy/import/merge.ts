import { localDate } from '../../../../core/time.ts'
import { type DossierStep, punctuality } from '../on-time.ts'
import type { StateNumber } from '../states.ts'
import type { IncomingDossier } from './row.ts'

/** A dossier as it is kept, without the bookkeeping of its row. Times are ISO instants with `Z`. */
export type DossierFacts = {
  agencyName: string
  procedureCode: string | null
  procedureName: string
  field: string | null
  state: StateNumber
  stateAt: string
  steps: readonly DossierStep[]
  receivedAt: string | null
  dueAt: string | null
  newDueAt: string | null
  lateReason: string | null
  missingPapers: readonly string[]
  feeVnd: number | null
  isFeePaid: boolean | null
  resultPlace: string | null
  applicantMasked: string
  phoneHash: string | null
  idHash: string | null
  outcome: 'open' | 'on_time' | 'overdue' | 'unknown'
  endedAt: string | null
  asOf: string
}

/** A row whose last four digits have become hashes. */
export type HashedDossier = Omit<IncomingDossier, 'phoneTail' | 'idTail'> & {
  phoneHash?: string
  idHash?: string
}

export type Merged =
  | { outcome: 'added'; facts: DossierFacts }
  /** `isNews`: followers are told. */
  | { outcome: 'changed'; facts: DossierFacts; isNews: boolean }
  /** Known, or older than what is known; `isFresher`: the same, said later. */
  | { outcome: 'unchanged'; isFresher: boolean }

const stepKey = ({ state, at }: DossierStep): string => `${state} ${localDate(new Date(at))}`

/** One step a state and local day: two sources that tell of the same step make one. In order of time. */
function joinSteps(known: readonly DossierStep[], more: readonly DossierStep[]): DossierStep[] {
  const all = new Map<string, DossierStep>()
  for (const step of [...known, ...more]) if (!all.has(stepKey(step))) all.set(stepKey(step), step)
  return [...all.values()].sort((a, b) =>
    a.at === b.at ? a.state - b.state : a.at < b.at ? -1 : 1,
  )
}

const same = (a: unknown, b: unknown): boolean =>
  a === b ||
  (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))

/**
 * What becomes of a dossier when a source speaks at `asOf`. A row says only what its columns hold: the rest stays. What
 * is older than what is known changes nothing, so the order in which files arrive does not matter.
 */
export function mergeDossier(
  known: DossierFacts | undefined,
  row: HashedDossier,
  at: { asOf: string; agencyName: string },
): Merged {
  const asOf = row.asOf ?? at.asOf
  if (known !== undefined && asOf < known.asOf) return { outcome: 'unchanged', isFresher: false }
  const staysInState = known?.state === row.state
  const stateAt = row.stateAt ?? (staysInState ? known.stateAt : asOf)
  const steps = joinSteps(
    known?.steps ?? [],
    staysInState && row.stateAt === undefined
      ? row.steps
      : [...row.steps, { state: row.state, at: stateAt }],
  )
  const dueAt = row.dueAt ?? known?.dueAt ?? null
  const end = punctuality(steps, dueAt)
  const facts: DossierFacts = {
    agencyName: row.agencyName ?? known?.agencyName ?? at.agencyName,
    procedureCode: row.procedureCode ?? known?.procedureCode ?? null,
    procedureName: row.procedureName,
    field: row.field ?? known?.field ?? null,
    state: row.state,
    stateAt,
    steps,
    receivedAt: row.receivedAt ?? known?.receivedAt ?? null,
    dueAt,
    newDueAt: row.newDueAt ?? known?.newDueAt ?? null,
    lateReason: row.lateReason ?? known?.lateReason ?? null,
    missingPapers: row.state === 5 ? (row.missingPapers ?? known?.missingPapers ?? []) : [],
    feeVnd: row.feeVnd ?? known?.feeVnd ?? null,
    isFeePaid: row.isFeePaid ?? known?.isFeePaid ?? null,
    resultPlace: row.resultPlace ?? known?.resultPlace ?? null,
    applicantMasked: row.applicantMasked ?? known?.applicantMasked ?? '',
    phoneHash: row.phoneHash ?? known?.phoneHash ?? null,
    idHash: row.idHash ?? known?.idHash ?? null,
    outcome: end.outcome,
    endedAt: end.outcome === 'open' ? null : end.endedAt,
    asOf,
  }
  if (known === undefined) return { outcome: 'added', facts }
  const changed = (Object.keys(facts) as (keyof DossierFacts)[]).filter(
    (name) => name !== 'asOf' && !same(facts[name], known[name]),
  )
  if (changed.length === 0) return { outcome: 'unchanged', isFresher: asOf > known.asOf }
  const isNews = changed.some((name) => NEWS.includes(name))
  return { outcome: 'changed', facts, isNews }
}

/** What a follower wants to hear of. */
const NEWS: readonly (keyof DossierFacts)[] = ['state', 'newDueAt', 'missingPapers']
