import type { CategoryId, KindId } from '../schema.ts'

/** Finer kinds by category, in asking order. They refine routing and words; a case without one is as good. */
export const KINDS_OF: Partial<Record<CategoryId, readonly KindId[]>> = {
  flood: ['street', 'house', 'riverbank'],
  animals: ['loose_dogs', 'carcass', 'disease'],
  other: ['land_sand', 'crop_pest', 'destructive_fishing'],
}

export const isKindOf = (category: CategoryId, kind: string): boolean =>
  (KINDS_OF[category] as readonly string[] | undefined)?.includes(kind) ?? false
