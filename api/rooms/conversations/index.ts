export { type ConversationClient, conversationRoutes } from './routes.ts'
export {
  findWebConversationId,
  listPushed,
  messageResident,
  notifyChat,
  purgeInboundBodies,
  webChatKey,
} from './service.ts'
export {
  type ConversationRow,
  type EventRow,
  findConversationRow,
  findLastMessages,
  insertEvent,
  lockConversation,
  lockEvent,
  saveConversation,
  saveEvent,
} from './store.ts'
