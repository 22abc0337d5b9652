export { handBack, listTakenOver } from './desk.ts'
export { type ChatExport, exportChats } from './export.ts'
export { followIdentity, settleOwner } from './follow.ts'
export {
  hasLink,
  issueForm,
  pendingFormUrl,
  purgeForms,
  revealForms,
} from './form.ts'
export {
  answerPerson,
  endHandover,
  listWaiting,
  openHandover,
  readThread,
  returnUnanswered,
  viewThreadPhones,
} from './handover/service.ts'
export { type ConversationClient, conversationRoutes, toWire } from './routes.ts'
export { conversationDeskRoutes } from './routes-desk.ts'
export { ChatMessage } from './schema.ts'
export type { Thread, ThreadPhones, Waiting } from './schema-handover.ts'
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
  type EventKey,
  type EventRow,
  findLastMessages,
  lockConversation,
  lockEvent,
  noteEvent,
  saveEvent,
  saveTurn,
} from './store.ts'
export { misreadRoutes } from './words/routes.ts'
export { keepMisread, purgeMisread } from './words/service.ts'
