import type { Ctx } from '../../../context.ts'
import { audit } from '../../../db/audit.ts'
import { consumeEvents, type DomainEvent } from '../../../db/events.ts'
import { TOPIC_KINDS } from '../schema.ts'
import { addCounts, movedFrom } from '../store/counts.ts'
import { forgetAddresses, movePlanned } from '../store/dispatch.ts'
import { deleteInbox, moveInbox } from '../store/inbox.ts'
import { deleteProfile, moveProfile } from '../store/profiles.ts'
import { deleteSubscriptions, moveSubscriptions } from '../store/subscriptions.ts'
import { takeBack } from './subscriptions.ts'

/** What identity decided about a person takes effect here. Other kinds of event are passed over. */
export async function followIdentity(tx: Ctx, event: DomainEvent): Promise<void> {
  const { kind, subjectId, data } = event
  switch (kind) {
    case 'identity.residents_joined':
      return joinResidents(tx, String(data.from), subjectId)
    case 'identity.resident_erased':
      return forgetResident(tx, subjectId)
    case 'identity.consent_withdrawn':
      if (data.purpose === 'notify') await endAll(tx, subjectId)
  }
}

async function joinResidents(tx: Ctx, fromId: string, intoId: string): Promise<void> {
  await moveSubscriptions(tx.db, fromId, intoId)
  await moveProfile(tx.db, fromId, intoId)
  await moveInbox(tx.db, fromId, intoId)
  for (const { dispatchId, cell } of await movePlanned(tx.db, fromId, intoId))
    await addCounts(tx.db, dispatchId, movedFrom('planned', [cell]))
  await audit(tx, {
    action: 'delivery.resident_joined',
    subjectKind: 'resident',
    subjectId: intoId,
    data: { from: fromId },
  })
}

async function forgetResident(tx: Ctx, residentId: string): Promise<void> {
  await takeBack(tx, residentId, { withLifeSafety: true })
  await deleteSubscriptions(tx.db, residentId)
  await deleteProfile(tx.db, residentId)
  await deleteInbox(tx.db, residentId)
  await forgetAddresses(tx.db, residentId)
  await audit(tx, {
    action: 'delivery.resident_erased',
    subjectKind: 'resident',
    subjectId: residentId,
  })
}

async function endAll(tx: Ctx, residentId: string): Promise<void> {
  if ((await deleteSubscriptions(tx.db, residentId)) === 0) return
  await takeBack(tx, residentId, { kinds: TOPIC_KINDS, withLifeSafety: true })
  await audit(tx, {
    action: 'delivery.consent_withdrawn',
    subjectKind: 'resident',
    subjectId: residentId,
  })
}

/** Runs `followIdentity` over what happened since the last time; how many events were read. */
export const consumeIdentityEvents = (ctx: Ctx): Promise<number> =>
  consumeEvents(ctx, 'delivery', followIdentity)
