import type { Ctx } from '../../context.ts'
import { randomSigns } from '../../core/ids.ts'
import { webChatKey } from '../../rooms/conversations/index.ts'
import {
  addShift,
  findOnDuty,
  joinOfficialChat,
  makeOfficialChatCode,
} from '../../rooms/identity/index.ts'
import { UNIT_CODE } from './data.ts'
import type { OfficialActor } from './walk.ts'

/** Whose duty the demo shows. */
const LOGIN = 'trucban'
const DAY_MS = 86_400_000
const DAYS = 30
const SECRET_SIGNS = 32

/** Links a chat to the demo's watcher, so that a call for rescue finds somebody; nobody has the chat's secret. */
export async function seedDutyChat(
  ctx: Ctx,
  actors: ReadonlyMap<string, OfficialActor>,
): Promise<void> {
  const actor = actors.get(LOGIN)
  if (actor === undefined) throw new Error('nobody watches in the demo')
  const { code } = await makeOfficialChatCode({ ...ctx, actor })
  const chatKey = await webChatKey(randomSigns(SECRET_SIGNS, ctx.ports.random))
  await joinOfficialChat(ctx, { channel: 'web', chatKey, code })
}

/** Somebody is on duty for the next month, from each start of a demo on. */
export async function keepDemoDuty(ctx: Ctx): Promise<void> {
  if ((await findOnDuty(ctx, UNIT_CODE)).length > 0) return
  const watcher = await ctx.db
    .selectFrom('official')
    .select('id')
    .where('login', '=', LOGIN)
    .executeTakeFirst()
  if (watcher === undefined) return
  const start = ctx.now().getTime()
  for (let day = 0; day < DAYS; day++)
    await addShift(ctx, {
      officialId: watcher.id,
      startsAt: new Date(start + day * DAY_MS).toISOString(),
      endsAt: new Date(start + (day + 1) * DAY_MS).toISOString(),
    })
}
