export {
  clearedCookie,
  type OpenedSession,
  purgeExpiredSessions,
  readSession,
  sessionCookie,
  sessionCookieName,
} from './lucia.ts'
export {
  ACTIONS,
  type Action,
  can,
  type OfficialActor,
  type Reach,
  type Resource,
  reachOf,
  requireCan,
  requireOfficial,
  requireSelf,
} from './policy.ts'
export { checkInitData, TELEGRAM_PUBLIC_KEY, type TelegramKey } from './proofs/telegram.ts'
export { type ResidentClient, residentRoutes } from './resident-routes.ts'
export { type IdentityClient, identityRoutes } from './routes.ts'
export type {
  ConsentPurpose,
  ConsentTextView,
  NewOfficial,
  Official,
  SessionView,
} from './schema.ts'
export {
  consentTextView,
  currentConsentText,
  giveConsent,
  hasConsent,
  seedConsentTexts,
  withdrawConsent,
} from './service/consents.ts'
export {
  findCurrentResident,
  findResidentOfChat,
  type Joined,
  joinByCode,
  type LinkCode,
  type LinkView,
  linkCode,
  listLinks,
  parseLinkCode,
  purgeLinkCodes,
  unlink,
  unlinkById,
} from './service/links.ts'
export { createOfficial, disableOfficial, findOwnOfficial } from './service/officials.ts'
export {
  eraseResident,
  exportResident,
  type Link,
  linkFor,
  markLinkActive,
  markLinkGone,
  type Resident,
  type ResidentExport,
  residentForChat,
} from './service/residents.ts'
export {
  actorForSecret,
  listSessions,
  openResidentSession,
  revokeAllSessions,
  revokeSession,
  signOut,
} from './service/sessions.ts'
export { changeOwnPassword, type SignedIn, signIn } from './service/sign-in.ts'
export { notifiableResidents } from './store/links.ts'
