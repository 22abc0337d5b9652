/** The door of guides: the scam desk. */
export { guideFlows } from './scam/chat.ts'
export { scamRoutes } from './scam/routes.ts'
export { checkScam, listScam, purgeScams, reportScam } from './scam/service.ts'
