/** The door of guides: lessons of digital skills, and the scam desk. */
export { guideInChat, stuckInChat } from './chat.ts'
export { guideFlows } from './flows.ts'
export { cancelInChat as cancelHelpInChat } from './help/chat.ts'
export { helpRoutes } from './help/routes.ts'
export type { AskHelp, HelpOffer, HelpTask, HelpView, MoveHelp } from './help/schema.ts'
export { purgeHelp } from './help/service/keep.ts'
export { followPeople } from './jobs.ts'
export { guideRoutes } from './routes.ts'
<<<<<<< HEAD
export { guideFlows } from './scam/chat.ts'
export { scamWords } from './scam/desk.ts'
=======
>>>>>>> main
export { importScams } from './scam/import.ts'
export { scamRoutes } from './scam/routes.ts'
export type { ScamAnswer, ScamDesk, ScamImport, ScamMove } from './scam/schema.ts'
export { checkScam, listScam, purgeScams, reportScam } from './scam/service.ts'
export { exportGuides, type GuidesExport } from './service/export.ts'
export { seedLessons } from './service/seed.ts'
export { teamRoutes } from './team/routes.ts'
export type { ActivityInput, TeamBoard } from './team/schema.ts'
