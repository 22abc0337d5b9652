import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { clean, truncate } from '../../../core/text.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { attachMedia, MAX_ATTACHED } from '../../../files/index.ts'
import { isOver } from '../policy/moves.ts'
import { MAX_PEOPLE, MAX_WORDS, type Vulnerable } from '../schema.ts'
import {
  findNotes,
  insertCase,
  insertNotes,
  lockBySecret,
  lockLiveOfChat,
  type SosRow,
  saveCase,
} from '../store.ts'
import { tellAddition, tellRound } from './tell.ts'

/** What is known of a call; all of it may be missing. */
export type Told = {
  place?: {
    label?: string
    words?: string
    unitCode?: string
    hamletId?: string
    at?: { lng: number; lat: number }
  }
  people?: number
  vulnerable?: readonly Vulnerable[]
  /** Water where they are, about. */
  depthCm?: number
  phone?: string
  words: readonly string[]
  /** Photos of the chat, as uploaded. */
  media: readonly string[]
}

/** By whom a call is known again: a chat, or the secret of a page. */
export type Caller =
  | { channel: string; chatKey: string; residentId: string | null }
  | { channel: 'app'; secretHash: string; residentId: string | null }

/** `told`: people on duty who were written to for a new call; null when this added to one. */
export type Raised = { row: SosRow; told: number | null; isChanged: boolean }

/**
 * Takes a call for rescue, however little is known, and tells everybody on duty at once; what comes from the same chat
 * or page adds to the call that goes on. Anybody may: nobody is asked to agree or to sign in while life is at stake.
 */
export async function raiseSos(ctx: Ctx, caller: Caller, told: Told): Promise<Raised> {
  return inTransaction(ctx, async (tx) => {
    const live =
      'secretHash' in caller
        ? await lockBySecret(tx.db, caller.secretHash)
        : await lockLiveOfChat(tx.db, caller)
    return live === undefined ? open(tx, caller, told) : add(tx, live, told)
  })
}

async function open(tx: Ctx, caller: Caller, told: Told): Promise<Raised> {
  const now = tx.now()
  const row = await insertCase(tx.db, {
    id: tx.newId(),
    ...caller,
    language: tx.language,
    state: 'open',
    unitCode: tx.settings.homeUnitCode,
    ...columnsOf(told),
    createdAt: now,
    updatedAt: now,
  })
  await note(tx, row, told)
  await audit(tx, {
    action: 'sos.raised',
    subjectKind: 'sos_case',
    subjectId: row.id,
    data: { channel: row.channel, unitCode: row.unitCode },
  })
  await appendEvent(tx, {
    kind: 'sos.raised',
    subjectId: row.id,
    data: { unitCode: row.unitCode },
  })
  const round = await tellRound(tx, row)
  return { ...round, isChanged: true }
}

async function add(tx: Ctx, row: SosRow, told: Told): Promise<Raised> {
  const same: Raised = { row, told: null, isChanged: false }
  if (isOver(row.state)) return same
  // A page that had no answer sends the same words again.
  const last = (await findNotes(tx.db, [row.id])).at(-1)?.text
  const words = told.words.filter((said) => tidy(said) !== last)
  const columns = columnsOf(told)
  const changed = Object.entries(columns).filter(
    ([name, value]) => JSON.stringify(row[name as keyof SosRow]) !== JSON.stringify(value),
  )
  if (changed.length === 0 && words.length === 0 && told.media.length === 0) return same
  const saved = await saveCase(tx.db, row.id, {
    ...Object.fromEntries(changed),
    updatedAt: tx.now(),
  })
  const photos = await note(tx, row, { words, media: told.media })
  await audit(tx, {
    action: 'sos.added',
    subjectKind: 'sos_case',
    subjectId: row.id,
    fields: [
      ...changed.map(([name]) => name),
      ...(words.length > 0 ? ['words'] : []),
      ...(photos > 0 ? ['photos'] : []),
    ],
  })
  await appendEvent(tx, {
    kind: 'sos.changed',
    subjectId: row.id,
    data: { unitCode: saved.unitCode },
  })
  await tellAddition(tx, saved, changed.length > 0 || photos > 0)
  return { row: saved, told: null, isChanged: true }
}

/** Only what is known: what was known before is never emptied. */
function columnsOf({ place, people, vulnerable, depthCm, phone }: Told) {
  return {
    ...(place?.unitCode === undefined ? {} : { unitCode: place.unitCode }),
    ...(place?.label === undefined ? {} : { placeLabel: place.label }),
    ...(place?.words === undefined ? {} : { placeWords: place.words }),
    ...(place?.hamletId === undefined ? {} : { hamletId: place.hamletId }),
    ...(place?.at === undefined ? {} : place.at),
    ...(people === undefined || people < 1 ? {} : { people: Math.min(people, MAX_PEOPLE) }),
    ...(vulnerable === undefined ? {} : { vulnerable: [...vulnerable] }),
    ...(depthCm === undefined || depthCm < 1 ? {} : { depthCm: Math.round(depthCm) }),
    ...(phone === undefined ? {} : { phone }),
  }
}

const tidy = (said: string): string => truncate(clean(said), MAX_WORDS)

/** Keeps what was said and shown, in this order; how many photos are new. */
async function note(
  tx: Ctx,
  { id: caseId, chatKey }: SosRow,
  { words, media }: Pick<Told, 'words' | 'media'>,
): Promise<number> {
  const photos = await bindPhotos(tx, { caseId, conversationKey: chatKey ?? undefined, media })
  const row = { caseId, at: tx.now().toISOString() }
  await insertNotes(tx.db, [
    ...words
      .map(tidy)
      .filter((text) => text !== '')
      .map((text) => ({ ...row, id: tx.newId(), text, mediaId: null })),
    ...photos.map((mediaId) => ({ ...row, id: tx.newId(), text: '', mediaId })),
  ])
  return photos.length
}

type Shown = { caseId: string; conversationKey: string | undefined; media: readonly string[] }

/** Binds a chat's photos to its call; one that is not theirs is left out: no photo may cost a call. */
async function bindPhotos(tx: Ctx, shown: Shown): Promise<string[]> {
  const { caseId, conversationKey, media } = shown
  const known = new Set((await findNotes(tx.db, [caseId])).map(({ mediaId }) => mediaId))
  const fresh = media.filter((mediaId) => !known.has(mediaId)).slice(0, MAX_ATTACHED)
  if (fresh.length === 0) return []
  try {
    const bound = await attachMedia(tx, {
      media: fresh.map((mediaId) => ({ mediaId })),
      conversationKey,
      attachedTo: caseId,
    })
    return bound.map(({ mediaId }) => mediaId)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    tx.log.warn('sos.photo_refused', { caseId, code: error.code })
    return []
  }
}
