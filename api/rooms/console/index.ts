/** The door of the console: work lists and case pages of officials. */
export type { ReporterView } from './audit/reporter.ts'
export type { AuditPage, AuditRow, SealView } from './audit/schema.ts'
export { digestEvents, type Touched } from './inbox/live.ts'
export { readInbox } from './inbox/service.ts'
export type { Figures, Numbers } from './numbers/schema.ts'
export { type ConsoleClient, consoleRoutes } from './routes.ts'
export { listWorkItems } from './service/list.ts'
export { getCase, moveCase } from './service/page.ts'
