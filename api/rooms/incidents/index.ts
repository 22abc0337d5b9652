/** The door of incidents: reports from intake to rating. */
export { incidentFlows } from './chat.ts'
export { CATEGORIES, type Category, categoryOf } from './data/categories.ts'
export { closeAnswered, escalateDue, fillWords, lapseUnanswered } from './jobs.ts'
export { liteRoutes } from './lite/routes.ts'
export {
  createPartnerKey,
  listPartnerKeys,
  revokePartnerKey,
} from './open311/keys.ts'
export { fetchPartnerPhotos } from './open311/photos.ts'
export { open311Routes } from './open311/routes.ts'
export { NewKey } from './open311/schema.ts'
export { movesFrom } from './policy/moves.ts'
export { isLate, publicText } from './policy/public.ts'
export { EXACT_SOURCES, isExactSource, MAX_REPEATS } from './policy/repeat.ts'
export { RIGHTS_OF } from './policy/rights.ts'
export { OPEN_STATES } from './policy/table.ts'
export {
  consumeResidentEvents,
  eraseReporter,
  exportOwnIncidents,
  type OwnExport,
  purgeEnded,
} from './retention/service.ts'
export { type IncidentsClient, incidentRoutes } from './routes.ts'
export { type DeskIncidentsClient, deskIncidentRoutes } from './routes-desk.ts'
export { type OwnIncidentsClient, ownIncidentRoutes } from './routes-own.ts'
export {
  type CreatedIncident,
  type CreateIncident,
  type MoveIncident,
  OfficialMove,
  type OwnIncident,
  PublicIncident,
  type State,
} from './schema.ts'
export { LadderView, SaveLadder, SaveRoute } from './schema-desk.ts'
export { addToOwn } from './service/add.ts'
export {
  attentionReaches,
  listOwnAttention,
  markAttentionSeen,
} from './service/attention.ts'
export { createIncident, type Via } from './service/create.ts'
export {
  consumeFollowedSteps,
  followIncident,
  getFollowing,
  unfollowIncident,
} from './service/follow.ts'
export { listLadders, saveLadder } from './service/ladder.ts'
export { type Moved, moveIncident } from './service/move.ts'
export { findSimilarIncidents } from './service/near.ts'
export { addNote } from './service/note.ts'
export { actOnOwn, listMine, lookupOwn } from './service/own.ts'
export { type MovePreview, previewMove, previewPublic } from './service/preview.ts'
export { findCaseScope, getPublicIncident, listPublicIncidents } from './service/read.ts'
export { redactPhoto } from './service/redact.ts'
export { remindOfficials } from './service/remind.ts'
export { saveRoute } from './service/routing.ts'
export { answerSatisfaction, askSatisfaction, listSatisfaction } from './service/satisfaction.ts'
export { type DepthSaid, listDepthsSaid } from './store/depths.ts'
export { hasWords } from './store/words.ts'
export { SaveTemplate, TemplateView } from './templates/schema.ts'
export {
  readTemplates,
  removeTemplate,
  saveTemplate,
  templatesFor,
} from './templates/service.ts'
