export const DISPATCH_STATES = [
  'planning',
  'ready',
  'running',
  'paused',
  'cancelled',
  'done',
] as const
export type DispatchState = (typeof DISPATCH_STATES)[number]
export type Steer = 'start' | 'pause' | 'resume' | 'cancel'

const STEERS = {
  start: { ready: 'running' },
  pause: { running: 'paused' },
  resume: { paused: 'running' },
  cancel: { planning: 'cancelled', ready: 'cancelled', running: 'cancelled', paused: 'cancelled' },
} as const satisfies Record<Steer, Partial<Record<DispatchState, DispatchState>>>

/** Where a wish leads; the same state when it holds already, undefined when it cannot be. */
export function steer(state: DispatchState, wish: Steer): DispatchState | undefined {
  const table: Partial<Record<DispatchState, DispatchState>> = STEERS[wish]
  const target = table[state]
  if (target !== undefined) return target
  return Object.values(table).includes(state) ? state : undefined
}
