import type { Ctx } from '../../../context.ts'
import { actorId, audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import type { Activity, ActivityData, Tell } from '../policy/moves.ts'
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
  tell?: Tell | null,
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
    data: {
      move: last.kind,
      category: incident.category,
      unitCode: incident.unitCode,
      ...(last.kind === 'received' && incident.depthCm !== null
        ? { depthCm: incident.depthCm }
        : {}),
      ...(tell === undefined || tell === null ? {} : { tell }),
    },
  })
}

/** What is added to a case without moving it: of the same state, no new version, never public. */
export async function recordNote(
  tx: Ctx,
  incident: IncidentRow,
  kind: 'note' | 'comment' | 'photos' | 'partner_comment',
  data: ActivityData,
): Promise<string> {
  const id = tx.newId()
  await insertActivity(tx.db, [
    {
      id,
      incidentId: incident.id,
      at: tx.now(),
      actorKind: tx.actor.kind,
      actorId: actorId(tx.actor),
      kind,
      fromState: null,
      toState: null,
      isPublic: false,
      data,
    },
  ])
  return id
}

/** One audit row: names of the columns and codes, never what a person wrote. */
export const auditCase = (
  tx: Ctx,
  incident: { id: string },
  entry: { action: string; fields?: readonly string[]; data?: ActivityData },
): Promise<void> => audit(tx, { ...entry, subjectKind: 'incident', subjectId: incident.id })
