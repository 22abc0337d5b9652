import type { Accepted, Flow, FlowData } from '../../../chat/flow.ts'
import type { Content } from '../../../chat/inbound.ts'
import { type Choice, type Message, say } from '../../../chat/message.ts'

/** What may be booked and what this person booked already, as `look` puts it into the flow. */
export type AppointmentOffer = {
  officeId: string
  office: string
  days: { day: string; label: string; slots: { startAt: string; time: string }[] }[]
}
export type OwnAppointment = { id: string; text: string; label: string }

export type AppointmentData = {
  offers: AppointmentOffer[]
  own: OwnAppointment[]
  procedureCode: string | null
  officeId: string | null
  day: string | null
  isMorning: boolean | null
  startAt: string | null
  /** An appointment that is given back instead. */
  drops: string | null
  wantsAnother: boolean
  consentVersion: number | null
  declined: boolean
  offered: number | null
  body: string
}

type Consent = { version: number; given: boolean; body: string }
const NOON = '12:00'
/** Choices that are read in one look on a phone; more times of half a day are spread over it. */
const MAX_TIMES = 9

const offerOf = ({ offers, officeId }: AppointmentData) =>
  offers.find((one) => one.officeId === officeId)
const slotsOfDay = (data: AppointmentData) =>
  offerOf(data)?.days.find(({ day }) => day === data.day)?.slots ?? []
const isMorning = ({ time }: { time: string }): boolean => time < NOON

/** A colon divides the parts of a button's id. */
const idOf = (time: string): string => time.replace(':', '')

/** At most so many, evenly from the first to the last. */
function spread<T>(all: readonly T[], max: number): T[] {
  if (all.length <= max) return [...all]
  return Array.from(
    { length: max },
    (_, i) => all[Math.round((i * (all.length - 1)) / (max - 1))],
  ).filter((one) => one !== undefined)
}

function timesOf(data: AppointmentData) {
  const slots = slotsOfDay(data).filter((slot) => isMorning(slot) === data.isMorning)
  return spread(slots, MAX_TIMES)
}

/** What is decided where there is nothing to choose: one office, one half of a day. */
function settled(data: AppointmentData): AppointmentData {
  const [first, second] = data.offers
  const officeId = data.officeId ?? (second === undefined ? (first?.officeId ?? null) : null)
  const halves = new Set(slotsOfDay({ ...data, officeId }).map(isMorning))
  const [only] = halves
  return {
    ...data,
    officeId,
    isMorning: data.isMorning ?? (halves.size === 1 ? (only ?? null) : null),
  }
}

function next(before: AppointmentData): string {
  const data = settled(before)
  if (data.drops !== null) return 'done'
  if (data.own.length > 0 && !data.wantsAnother) return 'own'
  if (data.offers.length === 0) return 'done'
  if (data.officeId === null) return 'office'
  if (data.day === null) return 'day'
  if (data.isMorning === null) return 'half'
  if (data.startAt === null) return 'time'
  return data.consentVersion === null && !data.declined ? 'consent' : 'done'
}

function start(known: FlowData): AppointmentData {
  const consent = known.consent as Consent | undefined
  const list = <T>(value: unknown): T[] => (Array.isArray(value) ? value : [])
  return {
    offers: list(known.offers),
    own: list(known.own),
    procedureCode: typeof known.payload === 'string' ? known.payload : null,
    officeId: null,
    day: null,
    isMorning: null,
    startAt: null,
    drops: null,
    wantsAnother: false,
    consentVersion: consent?.given === true ? consent.version : null,
    declined: false,
    offered: consent?.version ?? null,
    body: consent?.body ?? '',
  }
}

type T = (key: string, params?: Record<string, string | number>) => string

/** A question whose answers are all among its buttons. */
function choose(
  ask: (data: AppointmentData, t: T) => { text: string; choices: Choice[] },
  take: (id: string, data: AppointmentData) => Partial<AppointmentData>,
) {
  return {
    ask: (data: AppointmentData, { t }: { t: T }): readonly Message[] => {
      const { text, choices } = ask(settled(data), t)
      return [say(text, choices)]
    },
    accept: (
      content: Content,
      before: AppointmentData,
      { t }: { t: T },
    ): Accepted<AppointmentData> => {
      const data = settled(before)
      const isOffered =
        content.kind === 'choice' && ask(data, t).choices.some(({ id }) => id === content.id)
      if (!isOffered || content.kind !== 'choice')
        return { ok: false, say: [say(t('appointments:ask.again'))] }
      return { ok: true, patch: { ...data, ...take(content.id, data) } }
    },
    next,
  }
}

/** A time at the desk: day, half of the day, time; what is booked already comes first. */
export const appointmentFlow: Flow<AppointmentData> = {
  id: 'appointment',
  version: 1,
  start,
  first: next,
  steps: new Map([
    [
      'own',
      choose(
        ({ own }, t) => ({
          text: `${t('appointments:ask.own')}\n${own.map(({ text }) => `• ${text}`).join('\n')}`,
          choices: [
            ...own.map(({ id, label }) => ({
              id: `drop-${id}`,
              label: t('appointments:choice.drop', { at: label }),
            })),
            { id: 'another', label: t('appointments:choice.another') },
          ],
        }),
        (id) => (id === 'another' ? { wantsAnother: true } : { drops: id.slice('drop-'.length) }),
      ),
    ],
    [
      'office',
      choose(
        ({ offers }, t) => ({
          text: t('appointments:ask.office'),
          choices: offers.map(({ officeId, office }) => ({ id: officeId, label: office })),
        }),
        (officeId) => ({ officeId }),
      ),
    ],
    [
      'day',
      choose(
        (data, t) => ({
          text: t('appointments:ask.day', { office: offerOf(data)?.office ?? '' }),
          choices: (offerOf(data)?.days ?? []).map(({ day, label }) => ({ id: day, label })),
        }),
        (day) => ({ day }),
      ),
    ],
    [
      'half',
      choose(
        (_data, t) => ({
          text: t('appointments:ask.half'),
          choices: [
            { id: 'morning', label: t('appointments:choice.morning') },
            { id: 'afternoon', label: t('appointments:choice.afternoon') },
          ],
        }),
        (id) => ({ isMorning: id === 'morning' }),
      ),
    ],
    [
      'time',
      choose(
        (data, t) => ({
          text: t('appointments:ask.time'),
          choices: timesOf(data).map(({ time }) => ({ id: idOf(time), label: time })),
        }),
        (id, data) => ({
          startAt: timesOf(data).find(({ time }) => idOf(time) === id)?.startAt ?? null,
        }),
      ),
    ],
    [
      'consent',
      choose(
        ({ body }, t) => ({
          text: body,
          choices: [
            { id: 'agree', label: t('dossiers:choice.agree') },
            { id: 'decline', label: t('dossiers:choice.decline') },
          ],
        }),
        (id, { offered }) =>
          id === 'agree' ? { consentVersion: offered } : { consentVersion: null, declined: true },
      ),
    ],
  ]),
}
