export type { CaseScope, FindCaseScope } from './access.ts'
export { type MediaClient, mediaRoutes } from './routes.ts'
export {
  attachMedia,
  getMediaBytes,
  type MediaBytes,
  type MediaInfo,
  type MediaRef,
  type MediaSize,
  publishMedia,
  purgeOrphans,
  unpublishMedia,
} from './service.ts'
export { type Uploaded, uploadMedia } from './upload.ts'
