import { asKey } from '../../../locales/index.ts'
import type { FlowEntry, FlowMeta } from '../../chat/entry.ts'
import type { Flow, FlowData } from '../../chat/flow.ts'
import { type Message, say } from '../../chat/message.ts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import type { DeskView } from './appointment-schema.ts'
import {
  type AppointmentData,
  type AppointmentOffer,
  appointmentFlow,
  type OwnAppointment,
} from './flow/appointment.ts'
import { appointmentMessage } from './messages/appointment.ts'
import {
  bookAppointment,
  cancelAppointment,
  listOpenDesks,
  listOwnAppointments,
} from './service/appointments.ts'

/** Days that a chat offers: one screen of buttons. */
const MAX_DAYS = 5

const toOffer = ({ officeId, name, days }: DeskView): AppointmentOffer => ({
  officeId,
  office: name,
  days: days.slice(0, MAX_DAYS).map(({ day, label, slots }) => ({
    day,
    label,
    slots: slots.filter(({ free }) => free > 0).map(({ startAt, time }) => ({ startAt, time })),
  })),
})

/** What may be booked now, and what this person has booked. */
async function look(ctx: Ctx, data: FlowData, residentId: string | null): Promise<FlowData> {
  if (data.offers !== undefined) return {}
  const desks = await listOpenDesks(ctx)
  const as: Ctx = residentId === null ? ctx : { ...ctx, actor: { kind: 'resident', residentId } }
  const all = residentId === null ? [] : await listOwnAppointments(as, { residentId })
  const own: OwnAppointment[] = all
    .filter(({ mayCancel }) => mayCancel)
    .reverse()
    .map(({ id, whenText, officeName, queueNumber }) => ({
      id,
      label: whenText,
      text: ctx.t('appointments:own', { at: whenText, office: officeName, number: queueNumber }),
    }))
  return { offers: desks.map(toOffer).filter(({ days }) => days.length > 0), own }
}

const again = (ctx: Ctx) => [
  { id: 'appointment', label: ctx.t('appointments:choice.other_time') },
  { id: 'menu', label: ctx.t('menu:privacy.back') },
]

/** What its person cannot mend within the flow ends it with the sentence and a way back in. */
async function orExcuse(ctx: Ctx, work: () => Promise<Message>): Promise<readonly Message[]> {
  try {
    return [await work()]
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.startsWith('dossiers.')) throw error
    return [say(ctx.t(asKey(`errors:${error.code}`), error.params), again(ctx))]
  }
}

async function finish(ctx: Ctx, raw: FlowData, meta: FlowMeta): Promise<readonly Message[]> {
  // What the engine hands back is what this flow put there; its version guards the shape.
  const data = raw as AppointmentData
  const { residentId } = meta
  const { drops, officeId, startAt, procedureCode } = data
  if (drops !== null)
    return orExcuse(ctx, async () =>
      appointmentMessage(
        ctx.t,
        await cancelAppointment(ctx, { residentId, id: drops }),
        'given_back',
      ),
    )
  if (officeId === null || startAt === null)
    return [say(ctx.t('appointments:none'), [{ id: 'menu', label: ctx.t('menu:privacy.back') }])]
  if (data.consentVersion === null) return [say(ctx.t('appointments:declined'), again(ctx))]
  return orExcuse(ctx, async () => {
    const procedure = procedureCode === null ? {} : { procedureCode }
    const view = await bookAppointment(ctx, { residentId, officeId, startAt, ...procedure })
    return appointmentMessage(ctx.t, view, 'booked')
  })
}

export const appointmentEntry: FlowEntry<Ctx> = {
  flow: appointmentFlow as Flow,
  intents: ['appointment'],
  purpose: 'notify',
  look,
  finish,
}
