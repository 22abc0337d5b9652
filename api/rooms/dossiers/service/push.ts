import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { sha256Hex } from '../../../core/ids.ts'
import { parseInput } from '../../../http/kit.ts'
import { type ImportReport, PushDossiers } from '../import-schema.ts'
import { useKey } from '../store/sources.ts'
import { importDossiers } from './import.ts'

/**
 * What a back office sends by itself, with the key of its source. All of it or nothing. Throws `http.unauthenticated`
 * for a key that is none or was revoked.
 */
export async function pushDossiers(
  ctx: Ctx,
  input: { key: string; body: PushDossiers },
): Promise<ImportReport> {
  const found = await useKey(ctx.db, await sha256Hex(input.key), ctx.now())
  if (found === undefined) throw new AppError('http.unauthenticated')
  const { dossiers, asOf } = parseInput(PushDossiers, input.body)
  const as: Ctx = { ...ctx, actor: { kind: 'system', name: `dossier-key:${found.id}` } }
  return importDossiers(as, {
    source: found.source,
    kind: 'push',
    ...(asOf === undefined ? {} : { asOf: new Date(asOf) }),
    entries: async function* () {
      yield dossiers.map((cells, i) => ({ line: i + 1, cells }))
    },
  })
}
