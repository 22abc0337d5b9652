import type { Language } from '../../../../locales/index.ts'
import type { Ctx, Db } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { CONSENT_TEXTS } from '../data/consent-texts.ts'
import { requireSelf } from '../policy.ts'
import { ConsentGift, type ConsentPurpose, type ConsentTextView } from '../schema.ts'
import {
  type ConsentRow,
  type ConsentTextRow,
  closeConsents,
  findCurrentText,
  findOpenConsent,
  insertConsent,
  insertConsentTexts,
} from '../store/consents.ts'
import { findResident } from '../store/residents.ts'

/** Publishes the versions that this database does not have yet; `now` is when they begin to be asked. */
export const seedConsentTexts = (db: Db, now: Date): Promise<void> =>
  insertConsentTexts(db, CONSENT_TEXTS, now)

/** The text that is asked now, in both languages. Throws `http.not_found`. */
export async function currentConsentText(db: Db, purpose: ConsentPurpose): Promise<ConsentTextRow> {
  const text = await findCurrentText(db, purpose)
  if (text === undefined) throw new AppError('http.not_found')
  return text
}

/** What a person reads before they say yes. */
export const consentTextView = (text: ConsentTextRow, language: Language): ConsentTextView => ({
  purpose: text.purpose as ConsentPurpose,
  version: text.version,
  body: language === 'en' ? text.bodyEn : text.bodyVi,
})

/**
 * Keeps the proof that a resident said yes to exactly this text. Again changes nothing. A text that is no longer the
 * current one is refused with `identity.consent_stale`, whose `changed` is the one to show instead.
 */
export async function giveConsent(ctx: Ctx, input: ConsentGift): Promise<ConsentRow> {
  requireSelf(ctx, input.residentId)
  const { residentId, purpose, version, channel } = parseInput(ConsentGift, input)
  return inTransaction(ctx, async (tx) => {
    const resident = await findResident(tx.db, residentId)
    if (resident === undefined || resident.erasedAt !== null) throw new AppError('http.not_found')
    const text = await currentConsentText(tx.db, purpose)
    if (text.version !== version) {
      throw new AppError('identity.consent_stale', { detail: consentTextView(text, tx.language) })
    }
    const now = tx.now()
    const open = await findOpenConsent(tx.db, residentId, purpose)
    if (open?.version === version) return open
    if (open !== undefined) await closeConsents(tx.db, residentId, purpose, now)
    const row = { id: tx.newId(), residentId, purpose, version, channel, givenAt: now }
    const given = await insertConsent(tx.db, row)
    if (given === undefined) return getOpenConsent(tx, residentId, purpose)
    await audit(tx, {
      action: 'identity.consent_given',
      subjectKind: 'consent',
      subjectId: given.id,
      data: { residentId, purpose, version, channel },
    })
    return given
  })
}

async function getOpenConsent(tx: Ctx, residentId: string, purpose: string): Promise<ConsentRow> {
  const open = await findOpenConsent(tx.db, residentId, purpose)
  if (open === undefined) throw new AppError('http.conflict')
  return open
}

/** Ends a consent; rooms to the right stop on the event. False when none was open. */
export async function withdrawConsent(
  ctx: Ctx,
  input: { residentId: string; purpose: ConsentPurpose },
): Promise<boolean> {
  const { residentId, purpose } = input
  requireSelf(ctx, residentId)
  return inTransaction(ctx, async (tx) => {
    const [ended] = await closeConsents(tx.db, residentId, purpose, tx.now())
    if (ended === undefined) return false
    await audit(tx, {
      action: 'identity.consent_withdrawn',
      subjectKind: 'consent',
      subjectId: ended.id,
      fields: ['withdrawnAt'],
      data: { residentId, purpose, version: ended.version },
    })
    await appendEvent(tx, {
      kind: 'identity.consent_withdrawn',
      subjectId: residentId,
      data: { purpose },
    })
    return true
  })
}

/** Whether a resident agreed to the text that is asked now; a yes to an older text does not count. */
export async function hasConsent(
  ctx: Ctx,
  input: { residentId: string; purpose: ConsentPurpose },
): Promise<boolean> {
  const open = await findOpenConsent(ctx.db, input.residentId, input.purpose)
  if (open === undefined) return false
  const text = await currentConsentText(ctx.db, input.purpose)
  return open.version === text.version
}
