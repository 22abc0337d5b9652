import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { parseInput } from '../../../http/kit.ts'
import type { Ingested } from '../schema.ts'
import { type Entity, linked, observationOf } from './entities.ts'
import { observationId } from './model.ts'
import { baseOf } from './service.ts'

const Moment = z.iso.datetime({ offset: true })
const StreamRef = z.object({ '@iot.id': z.string().max(81) })

/** What a sensor may say of a measurement; everything else in the body says nothing here. */
export const NewObservation = z.object({
  /** Now, when it is left out. */
  phenomenonTime: Moment.optional(),
  result: z.number(),
  Datastream: StreamRef.optional(),
})

/** Takes a batch of readings for whoever asks: the door of `POST /readings`. */
export type Ingest = (batch: unknown) => Promise<Ingested>

/**
 * Takes one observation as one reading, in the unit of its stream: the same rules, the same key, once for each moment.
 * `streamId`: that of the address; else the body names it. Answers the observation, with its quality when it is in doubt,
 * that is kept and shown to nobody outside. Throws `http.invalid_input`, and `readings.not_found` for a stream that the
 * key does not write.
 */
export async function takeObservation(
  ctx: Ctx,
  body: unknown,
  { ingest, streamId }: { ingest: Ingest; streamId: string | undefined },
): Promise<{ url: string; entity: Entity }> {
  const given = parseInput(NewObservation, body)
  const id = streamId ?? given.Datastream?.['@iot.id']
  if (id === undefined) throw refuse('Datastream', 'invalid_type')
  const [station = '', property = ''] = id.split('.')
  const at = given.phenomenonTime ?? ctx.now().toISOString()
  const value = given.result
  const report = await ingest({ readings: [{ station, property, at, value }] })
  const [refused] = report.refused
  if (refused?.code === 'not_yours') throw new AppError('readings.not_found')
  if (refused !== undefined) throw refuse('phenomenonTime', 'too_small')
  const [quality] = Object.keys(report.doubtful)
  const atMs = Date.parse(at)
  const base = baseOf(ctx)
  const words = { t: ctx.t, language: ctx.language, base }
  const own = observationId(id, atMs)
  return {
    url: `${base}/Observations('${own}')`,
    entity: linked('Observations', own, observationOf({ atMs, value, quality }), words),
  }
}

const refuse = (path: string, code: string) =>
  new AppError('http.invalid_input', { issues: [{ path, code }] })
