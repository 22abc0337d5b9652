/** The door of guides: the scam desk. */
export { guideFlows } from './scam/chat.ts'
export { scamRoutes } from './scam/routes.ts'
export type { ScamAnswer, ScamDesk, ScamMove } from './scam/schema.ts'
export { checkScam, listScam, purgeScams, reportScam } from './scam/service.ts'
