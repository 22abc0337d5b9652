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
export { officialChatRoutes } from './routes-chats.ts'
export { factorRoutes } from './routes-factors.ts'
export { peopleRoutes } from './routes-people.ts'
export { providerRoutes } from './routes-provider.ts'
export type {
  ConsentPurpose,
  ConsentTextView,
  NewOfficial,
  Official,
  SessionView,
} from './schema.ts'
export { CONSENT_PURPOSES, ViewPerson } from './schema.ts'
export type {
  Colleague,
  Delegation,
  FactorList,
  Invitation,
  NextStep,
  OfficialRecord,
  Shift,
} from './schema-officials.ts'
export {
  consentTextView,
  currentConsentText,
  giveConsent,
  hasConsent,
  seedConsentTexts,
  withdrawConsent,
} from './service/consents.ts'
export { delegateApproval, listDelegations, revokeDelegation } from './service/delegations.ts'
export {
  type AddedFactor,
  beginPasskey,
  beginTotp,
  confirmPasskey,
  confirmTotp,
  listFactors,
  removeFactor,
  renewOwnRecoveryCodes,
} from './service/factors.ts'
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
export { ownResidentId } from './service/me.ts'
export {
  chatsOfOfficials,
  joinOfficialChat,
  listReachable,
  makeOfficialChatCode,
  officialOfChat,
  pickEntitled,
  purgeOfficialChatCodes,
  type Reachable,
  type ReachableOfficial,
  reachOnDuty,
} from './service/official-chats.ts'
export {
  createOfficial,
  disableOfficial,
  findOwnOfficial,
  officialById,
  officialNames,
} from './service/officials.ts'
export type { SignedIn } from './service/open-session.ts'
export {
  beginPasskeySignIn,
  beginSecondPasskey,
  finishPasskeySignIn,
} from './service/passkey-sign-in.ts'
export {
  acceptInvite,
  changeOfficial,
  inviteOfficial,
  listOfficials,
  readInvite,
  reinviteOfficial,
  retireOfficial,
} from './service/people.ts'
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
  residentNames,
} from './service/residents.ts'
export { addShift, findOnDuty, listColleagues, listShifts, removeShift } from './service/roster.ts'
export { passSecondStep } from './service/second-step.ts'
export {
  actorForSecret,
  listSessions,
  openResidentSession,
  revokeAllSessions,
  revokeSession,
  signOut,
} from './service/sessions.ts'
export { changeOwnPassword, type SignInResult, signIn } from './service/sign-in.ts'
export { purgeSteps } from './service/steps.ts'
export { notifiableResidents } from './store/links.ts'
