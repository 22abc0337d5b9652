/** The door of alerts: warnings drafted, issued by a second person, updated and ended; CAP 1.2. */
export { capRoutes } from './cap-routes.ts'
export { followReadings, sendIssued } from './jobs.ts'
export { type AlertsClient, alertRoutes } from './routes.ts'
export type { AlertDesk, DeskAlert, DraftInput, PublicAlert } from './schema.ts'
export { answerAlerts } from './service/answer.ts'
export { saveMode } from './service/desk.ts'
export { draftAlert, editAlert, followAlert, moveAlert } from './service/draft.ts'
export { getAlert, listHistory, listInForce } from './service/read.ts'
