import type { Actor, Ctx } from '../../context.ts'
import { uploadMedia } from '../../files/index.ts'
import {
  actOnOwn,
  addNote,
  addToOwn,
  moveIncident,
  type OfficialMove,
} from '../../rooms/incidents/index.ts'
import { drawScene, type Scene } from './pictures.ts'
import type { DemoCase, OfficialStep, Proof, ReporterStep, Step } from './story.ts'

export type OfficialActor = Extract<Actor, { kind: 'official' }>

type Created = { publicCode: string; secret: string }

export type Walk = {
  item: DemoCase
  step: Step
  created: Created
  /** Public codes by names inside the demo. */
  codes: ReadonlyMap<string, string>
  actors: ReadonlyMap<string, OfficialActor>
}

export const upload = async (ctx: Ctx, scene: Scene) => {
  const { mediaId, uploadSecret } = await uploadMedia(ctx, { bytes: await drawScene(scene) })
  return { mediaId, ...(uploadSecret === undefined ? {} : { uploadSecret }) }
}

/** One step of a story by the use-case that people use, at the time of `ctx`. */
export async function walk(ctx: Ctx, { item, step, created, codes, actors }: Walk): Promise<void> {
  if (step.by === 'reporter') return walkReporter(ctx, step, created)
  const row = await ctx.db
    .selectFrom('incident')
    .select(['id', 'version', 'agencyCode'])
    .where('publicCode', '=', created.publicCode)
    .executeTakeFirstOrThrow()
  const actor = [...actors.values()].find(
    (one) =>
      one.roles.includes(step.by) && (step.by !== 'officer' || one.agencyCode === row.agencyCode),
  )
  if (actor === undefined) throw new Error(`nobody handles the demo case ${item.id}`)
  const official: Ctx = { ...ctx, actor }
  const { id, version } = row
  if (step.move.kind === 'note') await addNote(official, { id, text: step.move.text })
  else await moveIncident(official, { id, version, move: await toMove(official, step.move, codes) })
}

async function walkReporter(ctx: Ctx, { move }: ReporterStep, created: Created): Promise<void> {
  const sender: Ctx = { ...ctx, actor: { kind: 'anonymous' } }
  const { publicCode: code, secret } = created
  if (move.kind === 'add') await addToOwn(sender, { code, secret, text: move.text })
  else await actOnOwn(sender, { code, secret, move })
}

async function toMove(
  ctx: Ctx,
  move: Exclude<OfficialStep['move'], { kind: 'note' }>,
  codes: ReadonlyMap<string, string>,
): Promise<OfficialMove> {
  switch (move.kind) {
    case 'accept_and_assign':
      return { kind: move.kind, agencyCode: move.agency }
    case 'mark_duplicate':
      return { kind: move.kind, originalCode: codes.get(move.original) ?? '' }
    case 'answer':
      return { kind: move.kind, text: move.text, ...(await toProof(ctx, move.proof)) }
    default:
      return move
  }
}

async function toProof(ctx: Ctx, proof: Proof) {
  if (!('scene' in proof)) return { mediaIds: [], ...proof }
  return { mediaIds: [(await upload(ctx, proof.scene)).mediaId] }
}
