/** The door of delivery: who gets what, where, when and how fast. */
export { deliveryFlows } from './chat.ts'
export { stopMessage, whyChoice } from './messages.ts'
export { chooseChannel, type Interactions, type LinkState } from './policy/channel.ts'
export type { Steer } from './policy/dispatch.ts'
export { isStopWord } from './policy/stop.ts'
export { kindIn as topicKindIn } from './policy/words.ts'
export { type DeliveryClient, deliveryRoutes } from './routes.ts'
export {
  type Audience,
  CallList,
  type Kind,
  type Topic,
  type TopicKind,
  UnreachedSummary,
  type Why,
} from './schema.ts'
export { type AudienceSize, sizeAudience } from './service/audience.ts'
export { type Delivered, type Delivery, deliver } from './service/deliver.ts'
export {
  collectDispatch,
  createDispatch,
  type DispatchProgress,
  getDispatchProgress,
  type NewDispatch,
  planDispatch,
  pumpDispatch,
  reconcileDispatch,
  runDispatches,
  steerDispatch,
} from './service/dispatch.ts'
export { type DeliveryExport, exportDelivery } from './service/export.ts'
export { type Fallback, fallbackAfterGone, recoverFallbacks } from './service/fallback.ts'
export { consumeIdentityEvents } from './service/follow.ts'
export {
  listInbox,
  markRead,
  purgeInbox,
  takeUnsentCount,
  unreadCount,
  type WhyAnswer,
  whyDidIGetThis,
} from './service/inbox.ts'
export {
  chatRingsAt,
  getPreferences,
  isQuietTime,
  noteInteraction,
  purgeInteractions,
  setChannelOrder,
  setPreferences,
  setQuietHours,
} from './service/preferences.ts'
export { listFailures, retryFailures } from './service/retry.ts'
export {
  listSubscriptions,
  type Stopped,
  stopAll,
  subscribe,
  unsubscribe,
} from './service/subscriptions.ts'
export { listUnreached, sizeReaders, sizeUnreached } from './service/unreached.ts'
