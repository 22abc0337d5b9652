import type { PublicIncident } from '../../../../api/rooms/incidents/schema.ts'

/** Named here, because the rooms' lists would bring the schema library along; a new one does not compile without. */
const CATEGORY: Record<PublicIncident['category'], true> = {
  road: true,
  drainage: true,
  lighting: true,
  trees: true,
  waste: true,
  pollution: true,
  noise: true,
  water_supply: true,
  electricity: true,
  telecom: true,
  traffic: true,
  order: true,
  security: true,
  construction: true,
  food_safety: true,
  consumer: true,
  heritage_tourism: true,
  education: true,
  health: true,
  public_service: true,
  flood: true,
  animals: true,
  other: true,
}
export const CATEGORIES = Object.keys(CATEGORY)

const STATE: Record<PublicIncident['state'], true> = {
  received: true,
  needs_info: true,
  accepted: true,
  assigned: true,
  in_progress: true,
  extension_requested: true,
  answer_proposed: true,
  reopened: true,
  answered: true,
  closed: true,
  refused: true,
  duplicate: true,
  withdrawn: true,
}
export const STATES = Object.keys(STATE)
const ENDED: readonly string[] = ['answered', 'closed', 'refused', 'duplicate', 'withdrawn']
export const OPEN_STATES = STATES.filter((state) => !ENDED.includes(state))
