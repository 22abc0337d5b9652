import type { Ctx } from '../context.ts'
import { sealAudit } from '../db/audit.ts'
import { purgeIdempotency } from '../db/idempotency.ts'
import { purgeOutboxBodies } from '../db/outbox-purge.ts'
import { purgePace } from '../db/pace.ts'
import { purgeRateLimits } from '../db/rate-limit.ts'
import { purgeOrphans } from '../files/index.ts'
import {
  followReadings,
  pollCapFeeds,
  purgeForeign,
  remindOpenWarnings,
  renewMeasured,
  sendIssued,
} from '../rooms/alerts/index.ts'
import {
  followIdentity,
  purgeForms,
  purgeInboundBodies,
  purgeMisread,
  returnUnanswered,
} from '../rooms/conversations/index.ts'
import {
  consumeIdentityEvents,
  purgeInbox,
  purgeInteractions,
  recoverFallbacks,
  runDispatches,
} from '../rooms/delivery/index.ts'
import {
  closeAppointments,
  consumeDossierEvents,
  pullDossiers,
  purgeReports,
  remindAppointments,
  remindFollowers,
  tellFollowers,
} from '../rooms/dossiers/index.ts'
import { purgeDepths } from '../rooms/floods/index.ts'
import { followPeople, purgeHelp, purgeScams } from '../rooms/guides/index.ts'
import {
  purgeExpiredSessions,
  purgeLinkCodes,
  purgeOfficialChatCodes,
  purgeSteps,
} from '../rooms/identity/index.ts'
import {
  askSatisfaction,
  closeAnswered,
  consumeFollowedSteps,
  consumeResidentEvents,
  escalateDue,
  fetchPartnerPhotos,
  fillWords,
  lapseUnanswered,
  purgeEnded,
  remindOfficials,
} from '../rooms/incidents/index.ts'
import { draftWanted, sendDue } from '../rooms/notices/index.ts'
import { pullReadings, purgeReadings, summariseReadings } from '../rooms/readings/index.ts'
import { followResidents, purgeCalls, tellDueRounds } from '../rooms/sos/index.ts'
import type { Cadence } from './cadence.ts'
import { purgeWaiting } from './channels/waiting.ts'
import { keepDemoReadings } from './demo/readings.ts'

/**
 * A background job: each run is one bounded slice, safe to repeat and to run on either host. Without a cadence it runs
 * only when enqueued.
 */
export type Job = {
  name: string
  cadence: Cadence | null
  run: (ctx: Ctx, data: Record<string, unknown>) => Promise<unknown>
  /** A person waits for it: looked for each second, several at once. */
  isQuick?: true
  /** Also runs as soon as a domain event was committed; resolves to how much was done. */
  onEvents?: true
}

/** Purges run in the quiet hours of the night. */
export const JOBS: readonly Job[] = [
  { name: 'sos-rounds', cadence: { everyMinutes: 1 }, run: tellDueRounds },
  { name: 'sos-residents', cadence: { everyMinutes: 1 }, run: followResidents, onEvents: true },
  { name: 'sos-retention', cadence: { dailyAt: '02:22' }, run: purgeCalls },
  { name: 'alerts-readings', cadence: { everyMinutes: 1 }, run: followReadings, onEvents: true },
  { name: 'alerts-renew', cadence: { everyMinutes: 15 }, run: renewMeasured },
  { name: 'alerts-remind', cadence: { everyMinutes: 5 }, run: remindOpenWarnings },
  { name: 'alerts-send', cadence: { everyMinutes: 1 }, run: sendIssued, onEvents: true },
  { name: 'cap-feeds', cadence: { everyMinutes: 1 }, run: pollCapFeeds },
  { name: 'cap-feeds-purge', cadence: { dailyAt: '03:10' }, run: purgeForeign },
  { name: 'notices-wanted', cadence: { everyMinutes: 1 }, run: draftWanted, onEvents: true },
  { name: 'notices-send', cadence: { everyMinutes: 1 }, run: sendDue, onEvents: true },
  { name: 'dispatches', cadence: { everyMinutes: 1 }, run: runDispatches, onEvents: true },
  { name: 'fallbacks', cadence: { everyMinutes: 1 }, run: recoverFallbacks },
  {
    name: 'identity-events',
    cadence: { everyMinutes: 1 },
    run: consumeIdentityEvents,
    onEvents: true,
  },
  { name: 'chat-owners', cadence: { everyMinutes: 1 }, run: followIdentity, onEvents: true },
  {
    name: 'incidents-residents',
    cadence: { everyMinutes: 1 },
    run: consumeResidentEvents,
    onEvents: true,
  },
  {
    name: 'dossier-events',
    cadence: { everyMinutes: 1 },
    run: consumeDossierEvents,
    onEvents: true,
  },
  { name: 'guides-residents', cadence: { everyMinutes: 1 }, run: followPeople, onEvents: true },
  { name: 'dossier-pull', cadence: { everyMinutes: 1 }, run: pullDossiers },
  { name: 'dossier-reports', cadence: { dailyAt: '03:20' }, run: purgeReports },
  { name: 'dossier-steps', cadence: { everyMinutes: 1 }, run: tellFollowers },
  { name: 'dossier-reminders', cadence: { everyMinutes: 30 }, run: remindFollowers },
  { name: 'appointment-reminders', cadence: { everyMinutes: 10 }, run: remindAppointments },
  { name: 'appointments-close', cadence: { dailyAt: '02:24' }, run: closeAppointments },
  { name: 'readings-pull', cadence: { everyMinutes: 1 }, run: pullReadings },
  { name: 'readings-hours', cadence: { everyMinutes: 5 }, run: summariseReadings },
  { name: 'demo-readings', cadence: { everyMinutes: 10 }, run: keepDemoReadings },
  { name: 'flood-depths', cadence: { dailyAt: '03:18' }, run: purgeDepths },
  { name: 'readings-purge', cadence: { dailyAt: '03:15' }, run: purgeReadings },
  { name: 'audit-seal', cadence: { everyMinutes: 5 }, run: sealAudit },
  { name: 'media-orphans', cadence: { everyMinutes: 60 }, run: purgeOrphans },
  { name: 'incidents-close', cadence: { everyMinutes: 60 }, run: closeAnswered },
  { name: 'incidents-due', cadence: { everyMinutes: 60 }, run: escalateDue },
  { name: 'open311-photos', cadence: { everyMinutes: 1 }, run: fetchPartnerPhotos },
  { name: 'incidents-remind', cadence: { everyMinutes: 1 }, run: remindOfficials },
  { name: 'incidents-ask', cadence: { everyMinutes: 60 }, run: askSatisfaction },
  { name: 'incidents-followers', cadence: { everyMinutes: 1 }, run: consumeFollowedSteps },
  { name: 'incidents-words', cadence: { everyMinutes: 60 }, run: fillWords },
  { name: 'incidents-lapse', cadence: { everyMinutes: 60 }, run: lapseUnanswered },
  { name: 'chat-persons', cadence: { everyMinutes: 1 }, run: returnUnanswered },
  { name: 'chat-forms', cadence: { dailyAt: '02:25' }, run: purgeForms },
  { name: 'incidents-retention', cadence: { dailyAt: '02:20' }, run: purgeEnded },
  { name: 'outbox-bodies', cadence: { dailyAt: '02:35' }, run: purgeOutboxBodies },
  { name: 'official-chat-codes', cadence: { dailyAt: '02:41' }, run: purgeOfficialChatCodes },
  { name: 'link-codes', cadence: { dailyAt: '02:42' }, run: purgeLinkCodes },
  { name: 'inbound-bodies', cadence: { dailyAt: '02:30' }, run: purgeInboundBodies },
  { name: 'channel-waiting-tidy', cadence: { dailyAt: '02:31' }, run: purgeWaiting },
  { name: 'help-at-home', cadence: { dailyAt: '02:38' }, run: purgeHelp },
  { name: 'scams', cadence: { dailyAt: '02:39' }, run: purgeScams },
  { name: 'misread', cadence: { dailyAt: '02:40' }, run: purgeMisread },
  { name: 'expired-sessions', cadence: { dailyAt: '02:40' }, run: purgeExpiredSessions },
  { name: 'sign-in-steps', cadence: { dailyAt: '02:42' }, run: purgeSteps },
  { name: 'idempotency', cadence: { dailyAt: '02:45' }, run: purgeIdempotency },
  { name: 'inbox', cadence: { dailyAt: '02:55' }, run: purgeInbox },
  { name: 'interactions', cadence: { dailyAt: '03:00' }, run: purgeInteractions },
  { name: 'pace', cadence: { dailyAt: '03:05' }, run: (ctx) => purgePace(ctx.db, ctx.now()) },
  {
    name: 'rate-limits',
    cadence: { dailyAt: '02:50' },
    run: (ctx) => purgeRateLimits(ctx.db, ctx.now()),
  },
]
