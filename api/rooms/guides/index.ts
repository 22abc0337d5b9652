/** The door of guides: lessons of digital skills, and the scam desk. */
export { guideInChat, stuckInChat } from './chat.ts'
export { guideRoutes } from './routes.ts'
export { guideFlows } from './scam/chat.ts'
export { scamRoutes } from './scam/routes.ts'
export type { ScamAnswer, ScamDesk, ScamMove } from './scam/schema.ts'
export { checkScam, listScam, purgeScams, reportScam } from './scam/service.ts'
export { seedLessons } from './service/seed.ts'
