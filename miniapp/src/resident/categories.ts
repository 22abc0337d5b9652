import type { CategoryId } from '../../../api/rooms/incidents/schema.ts'

/** How often a commune hears of each, most first; the first eight are seen without asking for more. */
const ORDER: Record<CategoryId, number> = {
  flood: 1,
  road: 2,
  drainage: 3,
  lighting: 4,
  waste: 5,
  pollution: 6,
  electricity: 7,
  water_supply: 8,
  trees: 9,
  noise: 10,
  animals: 11,
  traffic: 12,
  order: 13,
  security: 14,
  construction: 15,
  food_safety: 16,
  health: 17,
  education: 18,
  public_service: 19,
  consumer: 20,
  telecom: 21,
  heritage_tourism: 22,
  other: 23,
}

export const CATEGORIES = (Object.keys(ORDER) as CategoryId[]).sort((a, b) => ORDER[a] - ORDER[b])
export const FREQUENT_COUNT = 8
