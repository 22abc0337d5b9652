import type { Ctx } from '../../context.ts'
import { addDays, localDate, localInstant } from '../../core/time.ts'
import { audit } from '../../db/audit.ts'
import { consumeEvents, type DomainEvent } from '../../db/events.ts'
import { inTransaction } from '../../db/transaction.ts'
import { deliver } from '../delivery/index.ts'
import { reminderMessage, stepMessage } from './messages/told.ts'
import { viewDossier } from './service/view.ts'
import { deleteAppointmentsOf, moveAppointments } from './store/appointments.ts'
import { type DossierRow, findDossiersById } from './store/dossiers.ts'
import {
  type DueFollow,
  deleteFollowsOf,
  type FollowRow,
  findUnreminded,
  findUntold,
  lockFollow,
  markReminded,
  markTold,
  moveFollows,
} from './store/follows.ts'

const BATCH = 300
const DAYS_BEFORE = 1

/** Each follow in its own transaction; one that fails does not hold up the rest. */
async function each(
  ctx: Ctx,
  due: readonly DueFollow[],
  tell: (tx: Ctx, follow: FollowRow, dossier: DossierRow) => Promise<boolean>,
): Promise<number> {
  let told = 0
  for (const { followId, dossierId } of due) {
    try {
      await inTransaction(ctx, async (tx) => {
        const follow = await lockFollow(tx.db, followId)
        const [dossier] = await findDossiersById(tx.db, [dossierId])
        if (follow !== undefined && dossier !== undefined && (await tell(tx, follow, dossier)))
          told += 1
      })
    } catch (error) {
      ctx.log.error('dossiers.tell_failed', { followId, error })
    }
  }
  return told
}

/** Tells followers what changed since they were told, one message whatever came in between; returns how many. */
export const tellFollowers = async (ctx: Ctx): Promise<number> =>
  each(ctx, await findUntold(ctx.db, BATCH), async (tx, follow, dossier) => {
    if (follow.toldVersion >= dossier.version) return false
    const { residentId, level } = follow
    const views = await bothViews(tx, dossier, level)
    await deliver(tx, {
      residentId,
      kind: 'dossier_step',
      lane: 'notice',
      message: (language) => stepMessage(tx.translate(language), views[language]),
      dedupeKey: `dossier:${dossier.id}:${dossier.version}:${residentId}`,
    })
    await markTold(tx.db, follow.id, dossier.version)
    return true
  })

/** Reminds of appointed days that are today or tomorrow, once each; returns how many. */
export async function remindFollowers(ctx: Ctx): Promise<number> {
  const today = localDate(ctx.now())
  const window = {
    from: localInstant(today, '00:00'),
    until: localInstant(addDays(today, DAYS_BEFORE + 1), '00:00'),
    limit: BATCH,
  }
  return each(ctx, await findUnreminded(ctx.db, window), async (tx, follow, dossier) => {
    const due = dossier.newDueAt ?? dossier.dueAt
    if (due === null || due === follow.remindedFor) return false
    const { residentId, level } = follow
    const views = await bothViews(tx, dossier, level)
    await deliver(tx, {
      residentId,
      kind: 'dossier_step',
      lane: 'notice',
      message: (language) => reminderMessage(tx.translate(language), views[language], due),
      dedupeKey: `dossier:${dossier.id}:due:${due}:${residentId}`,
      expiresAt: new Date(due),
    })
    await markReminded(tx.db, follow.id, due)
    return true
  })
}

const bothViews = async (tx: Ctx, dossier: DossierRow, level: 'public' | 'full') => ({
  vi: await viewDossier({ ...tx, t: tx.translate('vi') }, dossier, level),
  en: await viewDossier({ ...tx, t: tx.translate('en') }, dossier, level),
})

/** What identity decided about a person takes effect here. */
async function followIdentity(tx: Ctx, event: DomainEvent): Promise<void> {
  const { kind, subjectId, data } = event
  if (kind === 'identity.residents_joined') {
    await moveAppointments(tx.db, String(data.from), subjectId)
    return moveFollows(tx.db, String(data.from), subjectId)
  }
  if (kind === 'identity.resident_erased') await deleteAppointmentsOf(tx.db, subjectId)
  const ends =
    kind === 'identity.resident_erased' ||
    (kind === 'identity.consent_withdrawn' && data.purpose === 'notify')
  if (!ends || (await deleteFollowsOf(tx.db, subjectId)) === 0) return
  await audit(tx, {
    action: 'dossiers.follows_ended',
    subjectKind: 'resident',
    subjectId,
    data: { because: kind },
  })
}

export const consumeDossierEvents = (ctx: Ctx): Promise<number> =>
  consumeEvents(ctx, 'dossiers', followIdentity)
