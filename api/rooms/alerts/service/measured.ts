import type { Language } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import { formatDateTime } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent, consumeEvents } from '../../../db/events.ts'
import { type CrossingWords, describeCrossing } from '../../readings/index.ts'
import { isEnd } from '../policy/kinds.ts'
import { type MeasuredStep, measuredStep } from '../policy/measured.ts'
import {
  type AlertRow,
  insertAlert,
  isStationAutomatic,
  lockNewestOfStation,
  lockOpenOfStation,
  saveAlert,
} from '../store.ts'
import { issue } from './issue.ts'

/** A measured level is told anew or is over after this long. */
const HOLDS_MS = 12 * 3_600_000

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
}

async function tell(tx: Ctx, { crossing, found, step, previous }: Telling): Promise<void> {
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
  if (await isStationAutomatic(tx.db, stationCode)) await issue(tx, row, null)
}
