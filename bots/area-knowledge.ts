import {
  homeHamlets,
  listHotlines,
  placeFactsForPin,
  placeFactsForText,
  unitByCode,
  withKind,
} from '../api/rooms/areas/index.ts'
import { placeOfRiver } from '../api/rooms/readings/index.ts'
import type { Knowledge } from './knowledge.ts'

/** What the rooms know of places, in the language of the turn. */
export const areaKnowledge: Knowledge = {
  placesForText: placeFactsForText,
  placesForPin: placeFactsForPin,
  placeOfRiver,
  homeHamlets,
  hotlines: async (ctx) =>
    (await listHotlines(ctx.db, ctx.settings.homeUnitCode)).map((line) => ({
      code: line.code,
      phone: line.phone,
      name: ctx.language === 'en' ? line.nameEn : line.nameVi,
      confirmed: line.confirmed,
    })),
  homeName: ({ language, settings }) => {
    const { homeUnitCode, province } = settings
    const unit = unitByCode(homeUnitCode)
    if (unit === undefined) return language === 'en' ? province.nameEn : province.nameVi
    return withKind(unit)
  },
}
