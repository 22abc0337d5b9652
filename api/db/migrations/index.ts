import type { Migration } from 'kysely/migration'
import { up as areasIdentity } from './2026-11-23T0900-areas-identity.ts'
import { up as conversationIncidents } from './2026-11-23T1000-conversation-incidents.ts'
import { up as delivery } from './2026-11-23T1100-delivery.ts'
import { up as channels } from './2026-11-23T1200-channels.ts'
import { up as doors } from './2026-11-27T0900-doors.ts'
import { up as chatForms } from './2026-11-27T1000-chat-forms.ts'
import { up as channelSlots } from './2026-11-27T1005-channel-slots.ts'
import { up as cases } from './2026-11-27T1100-cases.ts'
import { up as open } from './2026-11-27T1200-open.ts'
import { up as readings } from './2026-11-27T1400-readings.ts'
import { up as dossiers } from './2026-11-27T1500-dossiers.ts'
import { up as secondFactor } from './2026-11-27T1600-second-factor.ts'
import { up as inboxNote } from './2026-11-27T2050-inbox-note.ts'
import { up as sos } from './2026-11-27T2100-sos.ts'
import { up as search } from './2026-11-27T2110-search.ts'
import { up as handover } from './2026-11-27T2120-handover.ts'
import { up as misread } from './2026-11-27T2121-misread.ts'
import { up as consoleRoom } from './2026-11-27T2122-console.ts'
import { up as reminders } from './2026-11-27T2330-reminders.ts'
import { up as waiting } from './2026-11-27T2331-waiting.ts'
import { up as desk } from './2026-11-27T2350-desk.ts'
import { up as alerts } from './2026-11-27T2355-alerts.ts'
import { up as provider } from './2026-11-28T0010-provider.ts'
import { up as partnerPhotos } from './2026-11-28T0020-partner-photos.ts'
import { up as sosDepth } from './2026-11-28T0045-sos-depth.ts'
import { up as saidInReports } from './2026-11-28T0312-said-in-reports.ts'
import { up as sosPhotos } from './2026-11-28T0313-sos-photos.ts'
import { up as appointments } from './2026-11-28T0333-appointments.ts'
import { up as capIn } from './2026-11-28T0340-cap-in.ts'
import { up as retention } from './2026-11-28T0348-retention.ts'
import { up as notices } from './2026-11-28T0350-notices.ts'
import { up as scams } from './2026-11-28T0358-scams.ts'
import { up as guides } from './2026-11-28T0410-guides.ts'
import { up as square } from './2026-11-28T0420-square.ts'
import { up as noWorkers } from './2026-11-28T0724-no-workers.ts'
import { up as floodPoints } from './2026-11-28T0726-flood-points.ts'
import { up as team } from './2026-11-28T0735-team.ts'
import { up as topicLevels } from './2026-11-28T0745-topic-levels.ts'
import { up as scamSources } from './2026-11-28T0748-scam-sources.ts'
import { up as dossierPull } from './2026-11-28T0750-dossier-pull.ts'
import { up as readingSources } from './2026-11-28T1030-reading-sources.ts'
import { up as dossierAside } from './2026-11-28T1052-dossier-aside.ts'
import { up as helpAtHome } from './2026-11-28T1058-help-at-home.ts'
import { up as quiz } from './2026-11-28T1100-quiz.ts'
import { up as alertReminders } from './2026-11-28T1108-alert-reminders.ts'
import { up as inboxReaders } from './2026-11-28T1145-inbox-readers.ts'

/** Static list in order: works in a bundle and on Workers, where no folder can be read. A landed one never changes. */
export const MIGRATIONS: Record<string, Migration> = {
  '2026-11-23T0900-areas-identity': { up: areasIdentity },
  '2026-11-23T1000-conversation-incidents': { up: conversationIncidents },
  '2026-11-23T1100-delivery': { up: delivery },
  '2026-11-23T1200-channels': { up: channels },
  '2026-11-27T0900-doors': { up: doors },
  '2026-11-27T1000-chat-forms': { up: chatForms },
  '2026-11-27T1005-channel-slots': { up: channelSlots },
  '2026-11-27T1100-cases': { up: cases },
  '2026-11-27T1200-open': { up: open },
  '2026-11-27T1400-readings': { up: readings },
  '2026-11-27T1500-dossiers': { up: dossiers },
  '2026-11-27T1600-second-factor': { up: secondFactor },
  '2026-11-27T2050-inbox-note': { up: inboxNote },
  '2026-11-27T2100-sos': { up: sos },
  '2026-11-27T2110-search': { up: search },
  '2026-11-27T2120-handover': { up: handover },
  '2026-11-27T2121-misread': { up: misread },
  '2026-11-27T2122-console': { up: consoleRoom },
  '2026-11-27T2330-reminders': { up: reminders },
  '2026-11-27T2331-waiting': { up: waiting },
  '2026-11-27T2350-desk': { up: desk },
  '2026-11-27T2355-alerts': { up: alerts },
  '2026-11-28T0010-provider': { up: provider },
  '2026-11-28T0020-partner-photos': { up: partnerPhotos },
  '2026-11-28T0045-sos-depth': { up: sosDepth },
  '2026-11-28T0312-said-in-reports': { up: saidInReports },
  '2026-11-28T0313-sos-photos': { up: sosPhotos },
  '2026-11-28T0333-appointments': { up: appointments },
  '2026-11-28T0340-cap-in': { up: capIn },
  '2026-11-28T0348-retention': { up: retention },
  '2026-11-28T0350-notices': { up: notices },
  '2026-11-28T0358-scams': { up: scams },
  '2026-11-28T0410-guides': { up: guides },
  '2026-11-28T0420-square': { up: square },
  '2026-11-28T0724-no-workers': { up: noWorkers },
  '2026-11-28T0726-flood-points': { up: floodPoints },
  '2026-11-28T0735-team': { up: team },
  '2026-11-28T0745-topic-levels': { up: topicLevels },
  '2026-11-28T0748-scam-sources': { up: scamSources },
  '2026-11-28T0750-dossier-pull': { up: dossierPull },
  '2026-11-28T1030-reading-sources': { up: readingSources },
  '2026-11-28T1052-dossier-aside': { up: dossierAside },
  '2026-11-28T1058-help-at-home': { up: helpAtHome },
  '2026-11-28T1100-quiz': { up: quiz },
  '2026-11-28T1108-alert-reminders': { up: alertReminders },
  '2026-11-28T1145-inbox-readers': { up: inboxReaders },
}
