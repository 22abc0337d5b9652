import { asKey } from '../../../../locales/index.ts'
import { say } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid, sha256Hex } from '../../../core/ids.ts'
import { formatDateTime } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan, requireOfficial } from '../../identity/index.ts'
import { caseLines } from '../messages.ts'
import { decideMove, type Move } from '../policy/moves.ts'
import { EndCall, MoveInput } from '../schema.ts'
import { lockBySecret, lockCase, lockLiveOfChat, type SosRow, saveCase } from '../store.ts'
import { tellColleagues, tellSender } from './tell.ts'

/**
 * An official takes a call, gives it back, or says how it went. Pressed twice it is the same. Throws `sos.not_found`,
 * `sos.taken`, `sos.bad_transition`, `http.forbidden`.
 */
export async function moveSos(ctx: Ctx, input: { caseId: string } & MoveInput): Promise<SosRow> {
  requireCan(ctx, 'sos.handle')
  const { officialId, unitCode } = requireOfficial(ctx)
  const { move, reason } = parseInput(MoveInput, input)
  return inTransaction(ctx, async (tx) => {
    const row = isUuid(input.caseId) ? await lockCase(tx.db, input.caseId) : undefined
    if (row === undefined) throw new AppError('sos.not_found')
    requireCan(tx, 'sos.handle', { unitCode: row.unitCode })
    const saved = await applyMove(tx, row, move, officialId, reason ?? null)
    if (saved === undefined) return row
    const step = STEPS[move]
    await tellSender(tx, saved, step, unitCode)
    await tellColleagues(tx, saved, {
      except: officialId,
      message: (language) => {
        const t = tx.translate(language)
        const [place = ''] = caseLines(t, saved, [])
        const at = formatDateTime(tx.now())
        return say(`${t(asKey(`sos:colleagues.${step}`), { at })}\n${place}`)
      },
    })
    return saved
  })
}

const STEPS = {
  claim: 'claimed',
  release: 'released',
  reach: 'reached',
  safe: 'safe',
  close: 'closed',
} as const

export type Ended = 'safe' | 'withdrawn'

/** The sender of a chat's call is safe, or it was a mistake; false when no call goes on there. */
export async function endSosOfChat(
  ctx: Ctx,
  chat: { channel: string; chatKey: string },
  as: Ended,
): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const row = await lockLiveOfChat(tx.db, chat)
    return row !== undefined && end(tx, row, as)
  })
}

/** The same by the secret of a page; again changes nothing. Throws `sos.not_found`, `sos.bad_transition`. */
export async function endSos(ctx: Ctx, input: EndCall): Promise<void> {
  const { secret, as } = parseInput(EndCall, input)
  const secretHash = await sha256Hex(secret)
  await inTransaction(ctx, async (tx) => {
    const row = await lockBySecret(tx.db, secretHash)
    if (row === undefined) throw new AppError('sos.not_found')
    await end(tx, row, as)
  })
}

async function end(tx: Ctx, row: SosRow, as: Ended): Promise<boolean> {
  const saved = await applyMove(tx, row, as === 'safe' ? 'safe' : 'withdraw', null, null)
  if (saved === undefined) return false
  await tellColleagues(tx, saved, {
    except: null,
    message: (language) => {
      const t = tx.translate(language)
      const [place = ''] = caseLines(t, saved, [])
      return say(
        `${t(asKey(`sos:colleagues.sender_${as}`), { at: formatDateTime(tx.now()) })}\n${place}`,
      )
    },
  })
  return true
}

/** Writes a move on the locked call, with its audit row and event; undefined when it is so already. */
async function applyMove(
  tx: Ctx,
  row: SosRow,
  move: Move,
  officialId: string | null,
  reason: string | null,
): Promise<SosRow | undefined> {
  const decided = decideMove(row, move, officialId)
  if (decided.outcome === 'same') return undefined
  if (decided.outcome === 'taken') throw new AppError('sos.taken')
  if (decided.outcome === 'impossible') throw new AppError('sos.bad_transition')
  const now = tx.now()
  const { state, claimedBy, stopsRounds } = decided
  const isNewClaim = claimedBy !== null && row.claimedBy === null
  const saved = await saveCase(tx.db, row.id, {
    state,
    claimedBy,
    claimedAt: isNewClaim ? now : claimedBy === null ? null : row.claimedAt,
    // Given back, it goes round again at once.
    nextRoundAt: stopsRounds ? null : now,
    ...(state === 'reached' ? { reachedAt: now } : {}),
    ...(state === 'safe' || state === 'withdrawn' || state === 'closed'
      ? { endedAt: now, endReason: reason ?? state }
      : {}),
    updatedAt: now,
  })
  await audit(tx, {
    action: `sos.${move}`,
    subjectKind: 'sos_case',
    subjectId: row.id,
    fields: ['state'],
    data: { from: row.state, to: state, ...(reason === null ? {} : { reason }) },
  })
  await appendEvent(tx, {
    kind: 'sos.changed',
    subjectId: row.id,
    data: { unitCode: row.unitCode, state },
  })
  return saved
}
