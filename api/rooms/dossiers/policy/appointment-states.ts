/** An appointment at a desk. `arrived` waits with a number, `called` is at the counter. */
export const APPOINTMENT_STATES = [
  'booked',
  'arrived',
  'called',
  'served',
  'missed',
  'cancelled',
] as const
export type AppointmentState = (typeof APPOINTMENT_STATES)[number]

/** Whoever was called and did not come, or came late, may be put back among those who wait. */
const NEXT = {
  booked: ['arrived', 'missed', 'cancelled'],
  arrived: ['called', 'missed'],
  called: ['served', 'missed', 'arrived'],
  served: [],
  missed: ['arrived'],
  cancelled: [],
} as const satisfies Record<AppointmentState, readonly AppointmentState[]>

export const nextStates = (from: AppointmentState): readonly AppointmentState[] => NEXT[from]

export const mayMove = (from: AppointmentState, to: AppointmentState): boolean =>
  nextStates(from).includes(to)

/** Still ahead for its person and still changeable by them. */
export const mayCancel = (
  { state, slotAt }: { state: AppointmentState; slotAt: string },
  now: Date,
): boolean => state === 'booked' && new Date(slotAt) > now
