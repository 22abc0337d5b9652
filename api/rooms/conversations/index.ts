export {
  hasLink,
  issueForm,
  pendingFormUrl,
  purgeForms,
  revealForms,
} from './form.ts'
export { type ConversationClient, conversationRoutes } from './routes.ts'
export {
  findWebConversationId,
  forgetChat,
  messageResident,
  notifyChat,
  pauseChat,
  purgeInboundBodies,
  webChatKey,
} from './service.ts'
export {
  type ConversationRow,
  type EventRow,
  findLastMessages,
  insertEvent,
  lockConversation,
  lockEvent,
  saveConversation,
  saveEvent,
} from './store.ts'
