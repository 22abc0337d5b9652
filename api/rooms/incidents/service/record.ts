import type { Ctx } from '../../../context.ts'
import { actorId, audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import type { Activity, ActivityData } from '../policy/moves.ts'
import type { State } from '../schema.ts'
import { type IncidentRow, insertActivity } from '../store/cases.ts'

/** What every change of a case leaves behind, in the change's own transaction. */
export async function recordSteps(
  tx: Ctx,
  incident: IncidentRow,
  steps: readonly {
    kind: Activity['kind'] | 'received'
    from: State | null
    to: State
    isPublic: boolean
    data: ActivityData
  }[],
): Promise<void> {
  const at = tx.now()
  await insertActivity(
    tx.db,
    steps.map((step) => ({
      id: tx.newId(),
      incidentId: incident.id,
      at,
      actorKind: tx.actor.kind,
      actorId: actorId(tx.actor),
      kind: step.kind,
      fromState: step.from,
      toState: step.to,
      isPublic: step.isPublic,
      data: { ...step.data, version: incident.version },
    })),
  )
  const last = steps.at(-1)
  if (last === undefined) return
  await appendEvent(tx, {
    kind: `incident.${last.to}`,
    subjectId: incident.id,
    data: { move: last.kind, category: incident.category, unitCode: incident.unitCode },
  })
}

/** One audit row: names of the columns and codes, never what a person wrote. */
export const auditCase = (
  tx: Ctx,
  incident: { id: string },
  entry: { action: string; fields?: readonly string[]; data?: ActivityData },
): Promise<void> => audit(tx, { ...entry, subjectKind: 'incident', subjectId: incident.id })
