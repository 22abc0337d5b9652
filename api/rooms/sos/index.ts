/** The door of calls for rescue: taken at the first word, told to whoever is on duty until somebody has it. */
export { sosFlows } from './chat.ts'
export { followResidents, purgeCalls, tellDueRounds } from './jobs.ts'
export { officialChoices } from './messages.ts'
export { sosRoutes } from './routes.ts'
export { findCallScope, listWaitingCalls, type WaitingCall } from './service/board.ts'
export { type CallExport, exportCalls } from './service/export.ts'
export { moveSos } from './service/move.ts'
