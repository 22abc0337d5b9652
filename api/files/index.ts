export type { CaseScope, FindCaseScope } from './access.ts'
export { type MediaClient, mediaRoutes } from './routes.ts'
export {
  attachMedia,
  claimMedia,
  discardMedia,
  getMediaBytes,
  type MediaBytes,
  type MediaInfo,
  type MediaRef,
  type MediaSize,
  publishMedia,
  purgeOrphans,
  unpublishMedia,
} from './service.ts'
export { MAX_PHOTO_BYTES, type Uploaded, uploadMedia } from './upload.ts'
