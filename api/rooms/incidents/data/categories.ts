import type { Database } from '../../../db/schema.ts'
import type { CategoryId } from '../schema.ts'

export type AgencyKind = Database['areaAgency']['kind']

export type Category = {
  id: CategoryId
  /** Its place is rounded and its photos stay closed to the public, unless the sender says otherwise. */
  isPrivate: boolean
  /** An answer goes to an approver first. */
  needsApprover: boolean
  /** Working days to an answer, first day not counted. */
  dueInWorkingDays: number
  /** Who usually handles it, when no route says more. */
  agencyKind: AgencyKind
}

/** Observed on public report pages of Hue-S, 2022–2025: sent on day 0, due after 7 working days. Practice, not law. */
export const DEFAULT_DUE_WORKING_DAYS = 7

type Options = { isPrivate?: boolean; needsApprover?: boolean }
const category = (id: CategoryId, agencyKind: AgencyKind, options: Options = {}): Category => ({
  id,
  isPrivate: options.isPrivate ?? false,
  needsApprover: options.needsApprover ?? false,
  dueInWorkingDays: DEFAULT_DUE_WORKING_DAYS,
  agencyKind,
})

/** In the order in which people are asked: what is reported most comes first. */
const ALL: readonly Category[] = [
  category('flood', 'civil_defence'),
  category('road', 'commune_office'),
  category('waste', 'commune_office'),
  category('lighting', 'commune_office'),
  category('drainage', 'commune_office'),
  category('noise', 'police', { isPrivate: true }),
  category('electricity', 'utility'),
  category('water_supply', 'utility'),
  category('pollution', 'commune_office'),
  category('traffic', 'police'),
  category('order', 'commune_office'),
  category('security', 'police', { isPrivate: true, needsApprover: true }),
  category('trees', 'commune_office'),
  category('animals', 'commune_office'),
  category('telecom', 'utility'),
  category('construction', 'commune_office', { isPrivate: true, needsApprover: true }),
  category('food_safety', 'health', { needsApprover: true }),
  category('consumer', 'commune_office'),
  category('health', 'health', { isPrivate: true, needsApprover: true }),
  category('education', 'commune_office', { isPrivate: true, needsApprover: true }),
  category('heritage_tourism', 'commune_office'),
  category('public_service', 'commune_office', { isPrivate: true, needsApprover: true }),
  category('other', 'commune_office', { isPrivate: true }),
]

export const CATEGORIES: ReadonlyMap<string, Category> = new Map(ALL.map((c) => [c.id, c]))

/** Ids in asking order. */
export const CATEGORY_ORDER: readonly CategoryId[] = ALL.map((c) => c.id)

/** A stored category that no longer exists is handled as the most careful one. */
export function categoryOf(id: string): Category {
  const found = CATEGORIES.get(id) ?? CATEGORIES.get('other')
  if (found === undefined) throw new Error('the list of categories lost `other`')
  return found
}
