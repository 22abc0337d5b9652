import type { LngLat } from '../../../core/geo.ts'
import { type LocalDate, localDate } from '../../../core/time.ts'
import type {
  CategoryId,
  KindId,
  OwnIncident,
  PublicIncident,
  ReasonCode,
  State,
  Step,
} from '../schema.ts'
import { isLate, publicPlace, publicText } from './public.ts'
import { PUBLIC_STATES, publicState } from './table.ts'

/** The columns that a view is made of. */
export type ViewRow = {
  publicCode: string
  state: State
  category: string
  kind: string | null
  urgency: 'normal' | 'urgent'
  description: string
  lng: number | null
  lat: number | null
  publicLng: number | null
  publicLat: number | null
  placeText: string
  unitCode: string | null
  hamletId: string | null
  isPrivatePlace: boolean
  agencyCode: string | null
  dueDate: LocalDate | null
  reasonCode: string | null
  answerText: string | null
  answeredAt: string | null
  rating: number | null
  createdAt: string
}

/** Steps of a case, oldest first. */
export type Steps = readonly {
  kind: string
  toState: string | null
  at: string
  isPublic: boolean
  data: Record<string, string | number | boolean | null>
}[]

export type CasePhoto = {
  mediaId: string
  role: 'report' | 'proof'
  isPublished: boolean
  uploadedAt: string
}

/** What stands around a case, looked up by the caller. */
export type Around = {
  unitName: string
  hamletName: string | undefined
  agencyName: (code: string) => string
  activity: Steps
  media: readonly CasePhoto[]
  followers: number
  /** Public code of the case that this one was merged with. */
  duplicateOf: string | undefined
}

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

function timeline(around: Around): Step[] {
  return around.activity
    .filter((row) => row.isPublic && row.toState !== null)
    .map((row) => {
      const code = textOf(row.data.agencyCode)
      return {
        state: publicState(row.toState as State),
        at: row.at,
        ...(code === undefined ? {} : { agency: { code, name: around.agencyName(code) } }),
      }
    })
}

/** Beside its words, what an answer stands on: a paper, or why there is no proof. */
export function answerFacts(steps: Steps): {
  document?: { number: string; reference?: string }
  noProofReason?: string
} {
  const given = steps.findLast((a) => a.kind === 'answer')?.data
  const number = textOf(given?.documentNumber)
  const kept = textOf(given?.documentReference)
  const reference = kept === undefined ? undefined : publicText(kept, { isOffice: true })
  const noProofReason = textOf(given?.noProofReason)
  return {
    ...(number === undefined
      ? {}
      : { document: reference === undefined ? { number } : { number, reference } }),
    ...(noProofReason === undefined
      ? {}
      : { noProofReason: publicText(noProofReason, { isOffice: true }) }),
  }
}

function answerOf(row: ViewRow, around: Around): PublicIncident['answer'] {
  if (row.answerText === null || row.answeredAt === null) return undefined
  return {
    text: publicText(row.answerText, { isOffice: true, isPrivate: row.isPrivatePlace }),
    at: row.answeredAt,
    mediaIds: proofOf(around.media, around.activity),
    ...answerFacts(around.activity),
  }
}

/** Published photos of the answer that stands: what was shown before the case was reopened proves nothing any more. */
export function proofOf(media: readonly CasePhoto[], steps: Steps): string[] {
  const reopenedAt = steps.findLast((step) => step.kind === 'reopen')?.at ?? ''
  return media
    .filter((one) => one.role === 'proof' && one.isPublished && one.uploadedAt >= reopenedAt)
    .map((one) => one.mediaId)
}

const reportPhotos = ({ media }: Around) =>
  media.filter((one) => one.role === 'report' && one.isPublished).map((one) => one.mediaId)

const pointOf = (lng: number | null, lat: number | null): LngLat | undefined =>
  lng === null || lat === null ? undefined : { lng, lat }

/** What anybody may know of a case. Nothing of the sender; before acceptance nothing of what was written. */
export function toPublic(row: ViewRow, around: Around, today: LocalDate): PublicIncident {
  const { state, dueDate, agencyCode, unitCode } = row
  const answer = answerOf(row, around)
  const redirectTo = textOf(around.activity.findLast((a) => a.kind === 'refuse')?.data.redirectTo)
  const answeredOn = row.answeredAt === null ? null : localDate(new Date(row.answeredAt))
  const facts: PublicIncident = {
    publicCode: row.publicCode,
    state: publicState(state),
    category: row.category as CategoryId,
    urgency: row.urgency,
    unitCode: unitCode ?? '',
    unitName: around.unitName,
    createdAt: row.createdAt,
    isLate: isLate({ state, dueDate, answeredOn }, today),
    followers: around.followers,
    mediaIds: [],
    timeline: timeline(around),
    ...(row.kind === null ? {} : { kind: row.kind as KindId }),
    ...(row.reasonCode === null ? {} : { reasonCode: row.reasonCode as ReasonCode }),
    ...(redirectTo === undefined ? {} : { redirectTo }),
    ...(around.duplicateOf === undefined ? {} : { duplicateOf: around.duplicateOf }),
  }
  if (!(PUBLIC_STATES as readonly State[]).includes(state)) return facts
  const place = publicPlace({
    at: pointOf(row.publicLng, row.publicLat),
    text: row.placeText,
    isPrivate: row.isPrivatePlace,
    around: around.hamletName ?? around.unitName,
  })
  return {
    ...facts,
    description: publicText(row.description, { isPrivate: row.isPrivatePlace }),
    mediaIds: reportPhotos(around),
    ...(around.hamletName === undefined ? {} : { hamletName: around.hamletName }),
    ...(place === undefined ? {} : { place }),
    ...(agencyCode === null
      ? {}
      : { agency: { code: agencyCode, name: around.agencyName(agencyCode) } }),
    ...(dueDate === null ? {} : { dueDate }),
    ...(answer === undefined ? {} : { answer }),
  }
}

/** Steps by which a sender says or sends more. */
const ADDITIONS: readonly string[] = ['comment', 'give_info', 'photos']

const additionsOf = ({ activity }: Around): OwnIncident['additions'] =>
  activity
    .filter(({ kind }) => ADDITIONS.includes(kind))
    .map(({ at, data }) => {
      const text = textOf(data.text)
      const { photos } = data
      return {
        at,
        ...(text === undefined ? {} : { text }),
        ...(typeof photos === 'number' ? { photos } : {}),
      }
    })

/** What the sender may know: the public facts, and their own words, place and photos. */
export function toOwn(
  row: ViewRow,
  around: Around,
  today: LocalDate,
  moves: OwnIncident['moves'] = [],
): OwnIncident {
  const asked = around.activity.findLast((a) => a.kind === 'ask_info')
  const question = row.state === 'needs_info' ? textOf(asked?.data.question) : undefined
  return {
    ...toPublic(row, around, today),
    ...(row.dueDate === null ? {} : { dueDate: row.dueDate }),
    ownDescription: row.description,
    ownPlace: { ...pointOf(row.lng, row.lat), text: row.placeText },
    ownMediaIds: around.media.filter((m) => m.role === 'report').map((m) => m.mediaId),
    ...(question === undefined ? {} : { question }),
    ...(row.rating === null ? {} : { rating: row.rating }),
    additions: additionsOf(around),
    moves,
  }
}
