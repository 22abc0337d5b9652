import type { ChannelId, Content } from '../../api/chat/inbound.ts'
import type { Message } from '../../api/chat/message.ts'
import { toPlainText } from '../../api/chat/plain-text.ts'
import type { Ctx, Db } from '../../api/context.ts'
import { deliveryFlows } from '../../api/rooms/delivery/index.ts'
import {
  addShift,
  createOfficial,
  makeOfficialChatCode,
  type OfficialActor,
} from '../../api/rooms/identity/index.ts'
import { incidentFlows } from '../../api/rooms/incidents/index.ts'
import { sosFlows } from '../../api/rooms/sos/index.ts'
import { areaKnowledge } from '../../bots/area-knowledge.ts'
import { createTurn } from '../../bots/conversation.ts'
import { buttonFor, textOf } from './chat-kit.ts'
import { type Commune, openCommune, UNIT } from './incidents-kit.ts'

const entries = [...sosFlows, ...incidentFlows, ...deliveryFlows]
const turn = createTurn({ entries, knowledge: areaKnowledge })
const HOUR_MS = 3_600_000
let events = 0

/** One chat, whose every turn is what the person reads. */
function openDoor(c: Commune, channel: ChannelId, chatKey: string) {
  let last: readonly Message[] = []
  const send = async (content: Content): Promise<string> => {
    events += 1
    const eventId = `${chatKey}:${events}`
    last = (await turn(c.nobody(), { channel, chatKey, eventId, content })).messages
    return textOf(last)
  }
  return {
    channel,
    chatKey,
    send,
    type: (text: string) => send({ kind: 'text', text }),
    press: (end: string) => send(buttonFor(last, end)),
    pin: (lng: number, lat: number) => send({ kind: 'location', at: { lng, lat } }),
    choices: () => last.flatMap(({ choices = [] }) => choices.map(({ id }) => id)),
  }
}

/** A commune with people on duty, each with a chat of their own. */
export async function openWatch(db: Db) {
  const c = await openCommune(db)
  const officials: { actor: OfficialActor; door: ReturnType<typeof openDoor> }[] = []
  const official = async (
    login: string,
    unitCode: string | null = UNIT,
    channel: ChannelId = 'telegram',
  ) => {
    const { id } = await createOfficial(c.system, {
      login: `truc.${login}`,
      displayName: `Cán bộ ${login}`,
      password: 'mot-hai-ba-bon-nam',
      roles: [unitCode === null ? 'dispatcher' : 'officer'],
      capabilities: ['duty'],
      unitCode,
      agencyCode: null,
    })
    const actor: OfficialActor = {
      kind: 'official',
      officialId: id,
      roles: [unitCode === null ? 'dispatcher' : 'officer'],
      capabilities: ['duty'],
      unitCode,
      agencyCode: null,
    }
    const door = openDoor(c, channel, `official-${login}`)
    officials.push({ actor, door })
    return { actor, door, ctx: c.as(actor) as Ctx }
  }
  const onDuty = (actor: OfficialActor, hours = 12) => {
    const now = c.clock.now().getTime()
    return addShift(c.system, {
      officialId: actor.officialId,
      startsAt: new Date(now).toISOString(),
      endsAt: new Date(now + hours * HOUR_MS).toISOString(),
    })
  }
  /** Links the chat by a code, as an official does on the page of the own account. */
  const linkChat = async ({
    actor,
    door,
  }: {
    actor: OfficialActor
    door: { type: (text: string) => Promise<string> }
  }) => {
    const { code } = await makeOfficialChatCode(c.as(actor))
    return door.type(code)
  }
  const watcher = async (
    login: string,
    unitCode: string | null = UNIT,
    channel: ChannelId = 'telegram',
  ) => {
    const one = await official(login, unitCode, channel)
    await linkChat(one)
    await onDuty(one.actor)
    return one
  }
  /** Messages that came by themselves to a chat, oldest first. */
  const pushed = async (chatKey: string): Promise<{ text: string; message: Message }[]> => {
    const rows = await db
      .selectFrom('outbox')
      .select('message')
      .where('chatKey', '=', chatKey)
      .where('dedupeKey', 'like', 'push:%')
      .orderBy('id')
      .execute()
    const banner = `${c.nobody().t('chat:demo.banner')}\n\n`
    return rows.map(({ message }) => ({
      text: toPlainText(message).replace(banner, ''),
      message,
    }))
  }
  /** Presses a button under the last message that came by itself. */
  const pressPushed = async (door: ReturnType<typeof openDoor>, start: string): Promise<string> => {
    const last = (await pushed(door.chatKey)).at(-1)
    const found = last?.message.choices?.find(({ id }) => id.includes(`:${start}`))
    if (found === undefined) throw new Error(`no button ${start} under ${last?.text}`)
    return door.send({ kind: 'choice', id: found.id })
  }
  const cases = () => db.selectFrom('sosCase').selectAll().orderBy('id').execute()
  const notes = () => db.selectFrom('sosNote').selectAll().orderBy('id').execute()
  const audited = async () =>
    (await db.selectFrom('audit').selectAll().orderBy('seq').execute()).filter(
      ({ subjectKind }) => subjectKind === 'sos_case',
    )
  return {
    c,
    official,
    onDuty,
    linkChat,
    watcher,
    pushed,
    pressPushed,
    cases,
    notes,
    audited,
    open: (channel: ChannelId, chatKey: string) => openDoor(c, channel, chatKey),
  }
}
export type Watch = Awaited<ReturnType<typeof openWatch>>
