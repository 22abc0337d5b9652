import type { Language } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import { formatDateTime } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent, consumeEvents } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { type CrossingWords, describeCrossing, stageNow } from '../../readings/index.ts'
import { isEnd } from '../policy/kinds.ts'
import { type MeasuredStep, measuredStep } from '../policy/measured.ts'
import {
  type AlertRow,
  findStationsEnding,
  insertAlert,
  isStationAutomatic,
  lockNewestOfStation,
  lockOpenOfStation,
  saveAlert,
} from '../store.ts'
import { issue } from './issue.ts'

/** A measured level is told anew or is over after this long. */
const HOLDS_MS = 12 * 3_600_000
/** A job that runs now and then has several tries before the end. */
const RENEWED_BEFORE_MS = 3 * 3_600_000

/** Follows the rivers: each change of stage becomes a message at once where the operator chose so, else a proposal. */
export const followReadings = (ctx: Ctx): Promise<number> =>
  consumeEvents(ctx, 'alerts', async (tx, { kind, subjectId, data }) => {
    if (kind !== 'readings.stage_changed') return
    await tellStage(tx, {
      stationCode: subjectId,
      stage: Number(data.to),
      levelCm: Number(data.levelCm),
      at: new Date(String(data.at)),
    })
  })

/**
 * A river that stays where it is keeps its message in force: what would end soon is said anew, with the newest figure
 * and to nobody in particular. Not of a station that is silent or hangs. How many were renewed.
 */
export async function renewMeasured(ctx: Ctx): Promise<number> {
  const soon = new Date(ctx.now().getTime() + RENEWED_BEFORE_MS)
  let renewed = 0
  for (const stationCode of await findStationsEnding(ctx.db, { from: ctx.now(), to: soon }))
    try {
      if (await inTransaction(ctx, (tx) => renew(tx, stationCode, soon))) renewed += 1
    } catch (error) {
      // The other rivers are renewed all the same, and this one has another try before its end.
      ctx.log.error('alerts.renew_failed', { stationCode, error })
    }
  return renewed
}

async function renew(tx: Ctx, stationCode: string, soon: Date): Promise<boolean> {
  const told = await lockNewestOfStation(tx.db, stationCode)
  if (told === undefined || isEnd(told.messageType) || new Date(told.expiresAt) > soon) return false
  const stands = await stageNow(tx, stationCode)
  if (stands === undefined || stands.stage !== told.level) return false
  const found = await describeCrossing(tx, { stationCode, ...stands })
  if (found === undefined) return false
  const step = { do: 'tell', as: 'update', level: told.level } as const
  const crossing = { stationCode, ...stands }
  await tell(tx, { crossing, found, step, previous: told, isQuiet: true })
  return true
}

type Crossing = { stationCode: string; stage: number; levelCm: number; at: Date }

async function tellStage(tx: Ctx, crossing: Crossing): Promise<void> {
  const found = await describeCrossing(tx, crossing)
  if (found === undefined || found.unitCodes.length === 0) return
  const newest = await lockNewestOfStation(tx.db, crossing.stationCode)
  const isOver =
    newest === undefined ||
    isEnd(newest.messageType) ||
    Date.parse(newest.expiresAt) <= tx.now().getTime()
  const told = newest === undefined ? null : { level: newest.level, isOver }
  const step = measuredStep(told, crossing.stage)
  if (step.do === 'nothing') return
  for (const { id } of await lockOpenOfStation(tx.db, crossing.stationCode)) {
    await saveAlert(tx.db, id, { state: 'dropped', updatedAt: tx.now() })
    await audit(tx, { action: 'alerts.drop', subjectKind: 'alert', subjectId: id })
  }
  if (step.do === 'tell')
    await tell(tx, { crossing, found, step, previous: isOver ? undefined : newest })
}

type Telling = {
  crossing: Crossing
  found: CrossingWords
  step: Extract<MeasuredStep, { do: 'tell' }>
  previous: AlertRow | undefined
  isQuiet?: boolean
}

async function tell(tx: Ctx, telling: Telling): Promise<void> {
  const { crossing, found, step, previous, isQuiet = false } = telling
  const now = tx.now()
  const id = tx.newId()
  const { stationCode, at } = crossing
  const said = (language: Language) => {
    const t = tx.translate(language)
    const { advice, ...rest } = found.words[language]
    const params = { ...rest, time: formatDateTime(at) }
    return step.as === 'all_clear'
      ? { headline: t('alerts:measured.clear', params), advice: t('alerts:measured.clear_do') }
      : { headline: t('alerts:measured.headline', params), advice }
  }
  const [vi, en] = [said('vi'), said('en')]
  const [unitCode = ''] = found.unitCodes
  const row = await insertAlert(tx.db, {
    ...{ id, threadId: previous?.threadId ?? id, previousId: previous?.id ?? null },
    ...{ messageType: step.as, state: 'proposed', stationCode },
    ...{ unitCode, kind: 'flood', level: step.level },
    ...{ headlineVi: vi.headline, headlineEn: en.headline },
    ...{ instructionVi: vi.advice, instructionEn: en.advice },
    ...{ bodyVi: '', issuer: found.operator },
    area: JSON.stringify({
      places: found.unitCodes.map((code) => ({ unitCode: code })),
      ...{ polygons: [], circles: [] },
    }),
    expiresAt: new Date(now.getTime() + HOLDS_MS),
    ...{ createdAt: now, updatedAt: now },
  })
  await audit(tx, { action: 'alerts.measured', subjectKind: 'alert', subjectId: id })
  await appendEvent(tx, { kind: 'alerts.changed', subjectId: id })
  if (await isStationAutomatic(tx.db, stationCode))
    await issue(tx, row, { approvedBy: null, isQuiet })
}
