/** The door of notices: from one official to many, released by a second, and exactly as decided. */
export { type NoticesClient, noticeRoutes } from './routes.ts'
export type {
  DeskNotice,
  NoticeDesk,
  NoticeFailures,
  NoticeForecast,
  NoticeInput,
  NoticeMove,
  NoticeProgress,
  PublicNotice,
} from './schema.ts'
export { answerNotices } from './service/answer.ts'
export { draftNotice, editNotice } from './service/draft.ts'
export { readFailures, retryNotice } from './service/failures.ts'
export { forecastNotice, testNotice } from './service/forecast.ts'
export { moveNotice } from './service/move.ts'
export { getProgress } from './service/progress.ts'
export { getNotice, listNotices } from './service/read.ts'
export { sendDue } from './service/send.ts'
export { readCallList, readUnreached } from './service/unreached.ts'
export { draftWanted } from './service/wanted.ts'
