import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid } from '../../../core/ids.ts'
import { localDate } from '../../../core/time.ts'
import { listAgencies, workingDaysBetween } from '../../areas/index.ts'
import { can, requireCan } from '../../identity/index.ts'
import {
  categoryOf,
  type MoveIncident,
  moveIncident,
  movesFrom,
  publicText,
  RIGHTS_OF,
  type State,
  templatesFor,
} from '../../incidents/index.ts'
import { historyOf, lastWords, noticesOf, repeatsOf, wordsOf } from '../beside/service.ts'
import type { CasePage, CaseStep } from '../schema.ts'
import {
  type CaseRow,
  findCase,
  findMedia,
  findRoutedAgency,
  findSteps,
  type StepRow,
} from '../store.ts'
import { type Clock, readClock, toItem } from './list.ts'

/** One case with the moves that this official may make. Throws `incidents.not_found`, `http.forbidden`. */
export async function getCase(ctx: Ctx, id: string): Promise<CasePage> {
  requireCan(ctx, 'incidents.read_desk')
  const row = isUuid(id) ? await findCase(ctx.db, id) : undefined
  if (row === undefined) throw new AppError('incidents.not_found')
  requireCan(ctx, 'incidents.read_desk', row)
  return toPage(ctx, row)
}

/** One step, and the case as it is then; also when the step has taken it out of the official's reach. */
export async function moveCase(ctx: Ctx, input: MoveIncident): Promise<CasePage> {
  const { id } = await moveIncident(ctx, input)
  const row = await findCase(ctx.db, id)
  if (row === undefined) throw new AppError('incidents.not_found')
  return toPage(ctx, row)
}

async function toPage(ctx: Ctx, row: CaseRow): Promise<CasePage> {
  const clock = await readClock(ctx)
  const steps = await findSteps(ctx.db, row.id)
  const routed = await findRoutedAgency(ctx.db, row)
  const agencies = await agenciesFor(ctx, row, routed)
  const { lng, lat, assigneeId, assigneeName, kind, externalSource, externalRef } = row
  const isSuggested = agencies.some(({ code }) => code === routed)
  return {
    ...toItem(ctx, row, clock),
    description: publicText(row.description),
    ...(lng === null || lat === null ? {} : { point: { lng, lat } }),
    placeSource: row.placeSource,
    isPrivatePlace: row.isPrivatePlace,
    ...(row.depthCm === null ? {} : { depthCm: row.depthCm }),
    ...(row.timeWords === null ? {} : { timeWords: row.timeWords }),
    ...(row.beganOn === null ? {} : { beganOn: row.beganOn }),
    hidesIdentity: row.hidesIdentity,
    mayViewReporter: can(ctx.actor, 'identity.view_reporter', row),
    mayRedact: can(ctx.actor, 'incidents.redact', row),
    channel: row.channel,
    needsApprover: categoryOf(row.category).needsApprover,
    ...(kind === null ? {} : { kind }),
    ...(externalSource === null || externalRef === null
      ? {}
      : { externalRef: { source: externalSource, number: externalRef } }),
    ...dueOf(row, clock),
    ...(assigneeId === null ? {} : { assignee: { id: assigneeId, name: assigneeName ?? '' } }),
    ...lastWords(steps),
    ...(row.answerText === null ? {} : { answerText: row.answerText }),
    ...(row.reasonCode === null ? {} : { reasonCode: row.reasonCode }),
    ...(row.duplicateOf === null ? {} : { duplicateOf: row.duplicateOf }),
    ...(row.rating === null ? {} : { rating: row.rating }),
    moves: movesFor(ctx, row, steps),
    agencies,
    ...(isSuggested && routed !== undefined ? { suggestedAgencyCode: routed } : {}),
    media: await findMedia(ctx.db, row.id),
    ...(await repeatsOf(ctx, row.id)),
    around: await historyOf(ctx, row),
    templates: await templatesFor(ctx, row),
    notices: await noticesOf(ctx, row.id),
    timeline: steps.map((step) => toStep(step, agencies)),
  }
}

/** The term as it was counted; of a case from before counts were kept, the days between its two dates. */
function dueOf(row: CaseRow, { calendar }: Clock) {
  const { dueDate, dueBasis } = row
  if (dueDate === null) return {}
  if (dueBasis !== null)
    return {
      dueFrom: dueBasis.from,
      dueInWorkingDays: dueBasis.workingDays,
      dueCount: dueBasis,
    }
  const dueFrom = localDate(new Date(row.createdAt))
  return { dueFrom, dueInWorkingDays: workingDaysBetween(dueFrom, dueDate, calendar).days }
}

function movesFor(ctx: Ctx, row: CaseRow, steps: readonly StepRow[]): string[] {
  const extensions = steps.filter((step) => step.kind === 'request_extension').length
  return movesFrom(row.state as State, extensions).filter((kind) =>
    RIGHTS_OF[kind].every((action) => can(ctx.actor, action, row)),
  )
}

async function agenciesFor(
  ctx: Ctx,
  row: CaseRow,
  routed: string | undefined,
): Promise<CasePage['agencies']> {
  const rows = await listAgencies(ctx.db, row.unitCode ?? undefined, ctx.now())
  const isFirst = (code: string) => Number(code === routed)
  return rows
    .map(({ code, kind, nameVi, nameEn }) => ({
      code,
      kind,
      name: ctx.language === 'en' ? nameEn : nameVi,
    }))
    .sort((a, b) => isFirst(b.code) - isFirst(a.code))
}

function toStep(step: StepRow, agencies: CasePage['agencies']): CaseStep {
  const { data, officialName } = step
  const code = wordsOf(data.agencyCode)
  const byKind = byKindOf(step)
  const said = wordsOf(
    data.question ?? data.note ?? data.comment ?? infoOf(step) ?? data.redirectTo,
  )
  const note = said !== undefined && byKind === 'sender' ? publicText(said) : said
  return {
    kind: step.kind,
    at: step.at,
    ...(step.toState === null ? {} : { state: step.toState }),
    isPublic: step.isPublic,
    byKind,
    ...(officialName === null ? {} : { by: officialName }),
    ...(code === undefined
      ? {}
      : { agency: { code, name: agencies.find((a) => a.code === code)?.name ?? code } }),
    ...(note === undefined ? {} : { note }),
  }
}

const infoOf = ({ kind, data }: StepRow): unknown =>
  TELLING_KINDS.includes(kind) ? data.text : undefined

/** Steps whose text is their story; that of an answer stands on the page itself. */
const TELLING_KINDS = ['give_info', 'record_info', 'comment', 'note']

/** Steps that only a sender makes are theirs, whichever door they came through. */
const SENDER_KINDS = ['received', 'give_info', 'withdraw', 'rate', 'reopen', 'comment', 'photos']

function byKindOf(step: StepRow): CaseStep['byKind'] {
  if (step.actorKind === 'official') return 'official'
  return SENDER_KINDS.includes(step.kind) ? 'sender' : 'system'
}
