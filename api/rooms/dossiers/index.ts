/** The door of dossiers: the read-only mirror of administrative dossiers. */

export { closeAppointments, remindAppointments } from './appointment-jobs.ts'
export { type AppointmentsClient, appointmentRoutes } from './appointment-routes.ts'
export type {
  AppointmentView,
  DeskSetting,
  DeskView,
  Queue,
  QueueItem,
} from './appointment-schema.ts'
export { boardRoutes, type DossierBoardClient } from './board-routes.ts'
export type { Board, DeskItem, DeskPage, DraftApology } from './board-schema.ts'
export { dossierFlows } from './chat.ts'
export { STARTER_PROCEDURES } from './data/starter-procedures.ts'
export { dossierDeskRoutes } from './desk-routes.ts'
export { dossierImportRoutes } from './import-routes.ts'
export type {
  ImportReport,
  LineIssue,
  Preview,
  SourceStanding,
  SourceView,
} from './import-schema.ts'
export {
  consumeDossierEvents,
  remindFollowers,
  tellFollowers,
} from './jobs.ts'
export { issueText } from './messages/words.ts'
export { readCsv } from './policy/import/csv.ts'
export { decodeText, ENCODINGS, type Encoding } from './policy/import/decode.ts'
export type { Mapping } from './policy/import/fields.ts'
export { tableEntries } from './policy/import/records.ts'
export type { Cells as DossierCells } from './policy/import/row.ts'
export { readXlsx } from './policy/import/xlsx.ts'
export { queueRoutes } from './queue-routes.ts'
export { type DossierFollowsClient, followRoutes } from './resident-routes.ts'
export { type DossiersClient, dossierRoutes } from './routes.ts'
export type { DossierView, LookUpAnswer } from './schema.ts'
export {
  bookAppointment,
  cancelAppointment,
  listOpenDesks,
  listOwnAppointments,
} from './service/appointments.ts'
export { acceptDelegation, delegateDossier, endDelegation } from './service/delegation.ts'
export { draftApology, exportDesk, getBoard, listDeskRows } from './service/desk.ts'
export { type DossiersExport, exportDossiers } from './service/export.ts'
export {
  followDossier,
  listFollowed,
  unfollowDossier,
} from './service/follow.ts'
export { type ImportInput, importDossiers } from './service/import.ts'
export { importProcedures } from './service/import-procedures.ts'
export { type Looker, lookUpDossier } from './service/look-up.ts'
export { previewFile } from './service/preview.ts'
export { findProcedures, saveProcedures } from './service/procedures.ts'
export { endPull, pullDossiers, purgeReports, setPull } from './service/pull.ts'
export { callNext, getQueue, moveInQueue, saveDesk } from './service/queue.ts'
export {
  createKey,
  endKey,
  listDossierSources,
  saveSource,
} from './service/sources.ts'
