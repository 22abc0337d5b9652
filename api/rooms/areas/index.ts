/** The door of areas: units old and new, hamlets, agencies, offices, hotlines, working calendar. */
export { HOTLINES } from './data/hotlines.ts'
export { codeOn, holdersOfCode, type NamedUnit, unitByCode } from './data/index.ts'
export { fullName, type Unit, withKind } from './data/kinds.ts'
export { UNITS } from './data/units.ts'
export { importIssueText, placeLabel } from './messages.ts'
export {
  type Calendar,
  countWorkingDays,
  type DueCount,
  type DueDate,
  isWorkingDay,
  SHIPPED_CALENDAR,
  workingDaysAfter,
  workingDaysBetween,
} from './policy/calendar.ts'
export { findAreaNames, type Mention, type NameCandidate } from './policy/match.ts'
export { type AreaIndex, buildAreaIndex } from './policy/names.ts'
export { type NameAnswer, resolveAreaName, resolveText } from './policy/resolve.ts'
export { type AreasClient, areaRoutes } from './routes.ts'
export type { HamletRowInput, HotlineInput } from './schema.ts'
export { AgencyInput, OfficeInput } from './schema.ts'
export { type BoundaryImport, importBoundaries, importHamlets } from './service/import.ts'
export {
  type Coordinate,
  homeHamlets,
  placeFactsForPin,
  placeFactsForText,
  resolveCoordinate,
  resolvePlace,
} from './service/places.ts'
export {
  findAgency,
  findHamlet,
  type HamletView,
  listAgencies,
  listHamlets,
  loadAreaIndex,
  loadCalendar,
} from './service/read.ts'
export { saveAgency, saveHotline, saveOffice } from './service/save.ts'
export { seedReference } from './service/seed.ts'
export {
  type AgencyRecord,
  type HotlineRecord,
  type OfficeRecord,
  selectHotlines as listHotlines,
  selectOffices as listOffices,
} from './store.ts'
