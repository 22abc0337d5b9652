import { hc } from 'hono/client'
import type {
  AppointmentsClient,
  AppointmentView,
  DeskView,
} from '../../../../api/rooms/dossiers/index.ts'
import { apiBase, apiFetch, bodyOf } from '../../shared/api.ts'

/** Times at the desk. All reject with `ApiProblem`. */

export type Desk = DeskView
export type Appointment = AppointmentView
export type Wish = { officeId: string; startAt: string; procedureCode?: string }

const appointments = () => hc<AppointmentsClient>(apiBase(), { fetch: apiFetch }).appointments

export const listDesks = async (): Promise<Desk[]> =>
  (await bodyOf(appointments().desks.$get())).desks

export const listOwn = async (): Promise<Appointment[]> =>
  (await bodyOf(appointments().$get())).items

export const book = (json: Wish & { consentVersion?: number }): Promise<Appointment> =>
  bodyOf(appointments().$post({ json }))

export const cancel = (id: string): Promise<Appointment> =>
  bodyOf(appointments()[':id'].cancel.$post({ param: { id } }))
