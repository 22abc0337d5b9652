/** What happens in life and asks for papers, in the order in which it is offered. */
export const LIFE_EVENTS = [
  'child',
  'marriage',
  'death',
  'home',
  'land',
  'house',
  'business',
  'support',
  'old_age',
  'copies',
  'papers',
] as const
export type LifeEvent = (typeof LIFE_EVENTS)[number]
