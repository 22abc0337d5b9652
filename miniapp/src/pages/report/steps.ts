export const STEPS = ['photos', 'place', 'what', 'review'] as const
export type Step = (typeof STEPS)[number]

export const isStep = (value: string): value is Step => (STEPS as readonly string[]).includes(value)

/** Goes to a step as if its link had been pressed. */
export function goTo(step: Step): void {
  location.hash = `/report/${step}`
}
