import type { Actor, Db } from '../../../context.ts'
import type { DomainEvent } from '../../../db/events.ts'
import { can, type Reach, reachOf } from '../../identity/index.ts'
import { findTouched } from './store.ts'

/** Whom a batch of events concerns: never what happened, so that a live line tells nothing to anybody. */
export type Touched = {
  hasCases: boolean
  hasChats: boolean
  hasAlerts: boolean
  /** Units with news of a call for rescue. */
  callUnitCodes: ReadonlySet<string>
  unitCodes: ReadonlySet<string>
  agencyCodes: ReadonlySet<string>
  officialIds: ReadonlySet<string>
}

const known = (values: readonly (string | null)[]): ReadonlySet<string> =>
  new Set(values.filter((value) => value !== null))

/** Whoever has a case now, and whoever had it before: of those it leaves the list. */
export async function digestEvents(db: Db, events: readonly DomainEvent[]): Promise<Touched> {
  const ids = events.filter(({ kind }) => kind.startsWith('incident.')).map((e) => e.subjectId)
  const { rows, steps } =
    ids.length === 0 ? { rows: [], steps: [] } : await findTouched(db, [...new Set(ids)])
  return {
    hasCases: rows.length > 0,
    hasAlerts: events.some(({ kind }) => kind.startsWith('alerts.')),
    hasChats: events.some(({ kind }) => /^conversations?\./.test(kind)),
    callUnitCodes: known(
      events
        .filter(({ kind }) => kind.startsWith('sos.'))
        .map(({ data }) => (typeof data.unitCode === 'string' ? data.unitCode : null)),
    ),
    unitCodes: known(rows.map((row) => row.unitCode)),
    agencyCodes: known([...rows, ...steps].map((row) => row.agencyCode)),
    officialIds: known([
      ...rows.map((row) => row.assigneeId),
      ...steps.map((step) => step.officialId),
    ]),
  }
}

const hasUnit = (units: ReadonlySet<string>, { unitCode }: Reach): boolean =>
  unitCode !== undefined && units.has(unitCode)

/** Whether a batch may have changed what this official sees. */
export function isConcerned(actor: Actor, touched: Touched): boolean {
  if (touched.hasChats && can(actor, 'conversations.answer')) return true
  if (touched.hasAlerts && can(actor, 'alerts.draft')) return true
  const calls = reachOf(actor, 'sos.handle')
  if (calls.isEverything ? touched.callUnitCodes.size > 0 : hasUnit(touched.callUnitCodes, calls))
    return true
  if (!touched.hasCases) return false
  const { isEverything, unitCode, agencyCode, assigneeId } = reachOf(actor, 'incidents.read_desk')
  return (
    isEverything ||
    (unitCode !== undefined && touched.unitCodes.has(unitCode)) ||
    (agencyCode !== undefined && touched.agencyCodes.has(agencyCode)) ||
    (assigneeId !== undefined && touched.officialIds.has(assigneeId))
  )
}
