/** The door of the console: work lists and case pages of officials. */
export { digestEvents, type Touched } from './inbox/live.ts'
export { readInbox } from './inbox/service.ts'
export { type ConsoleClient, consoleRoutes } from './routes.ts'
export { listWorkItems } from './service/list.ts'
export { getCase, moveCase } from './service/page.ts'
