export type { CaseScope, FindCaseScope } from './access.ts'
export { disownMedia, forgetOrigin, moveMediaOwner } from './owners.ts'
export { forgetOriginals, redactMedia } from './redact.ts'
export { type MediaClient, mediaRoutes } from './routes.ts'
export {
  attachMedia,
  claimMedia,
  describeMedia,
  discardMedia,
  getMediaBytes,
  MAX_ATTACHED,
  type MediaBytes,
  type MediaInfo,
  type MediaRef,
  type MediaSize,
  publishMedia,
  purgeOrphans,
  unpublishMedia,
} from './service.ts'
export { MAX_PHOTO_BYTES, type Uploaded, uploadMedia } from './upload.ts'
