import type { ChannelId, Content } from '../../api/chat/inbound.ts'
import type { Message } from '../../api/chat/message.ts'
import { deliveryFlows } from '../../api/rooms/delivery/index.ts'
import { incidentFlows } from '../../api/rooms/incidents/index.ts'
import { areaKnowledge } from '../../bots/area-knowledge.ts'
import { createTurn } from '../../bots/conversation.ts'
import { buttonFor, textOf } from './chat-kit.ts'
import type { Commune } from './incidents-kit.ts'

const turn = createTurn({ entries: [...incidentFlows, ...deliveryFlows], knowledge: areaKnowledge })
let events = 0

/** One chat over everything that the product says, by the same turn on each channel. */
export function openDoor(c: Commune, channel: ChannelId, chatKey: string) {
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
    /** Presses the first button whose id begins so. */
    pressAny: (start: string) => {
      const all = last.flatMap(({ choices = [] }) => [...choices])
      const found = all.find(({ id }) => id.includes(`:${start}`))
      if (found === undefined) throw new Error(`no button ${start}`)
      return send({ kind: 'choice', id: found.id })
    },
    choices: () => last.flatMap(({ choices = [] }) => choices.map(({ id }) => id)),
  }
}
export type Door = ReturnType<typeof openDoor>

/** Reports a street light by chat; its public code. */
export async function reportLight(door: Door): Promise<string> {
  await door.type('đèn đường hư ba đêm nay ở Phước Yên')
  await door.press('agree')
  await door.press('skip')
  const said = await door.press('send')
  const code = /HUE-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(said)?.[0]
  if (code === undefined) throw new Error(said)
  return code
}

export async function codeFrom(door: Door): Promise<string> {
  const said = await door.type('nối kênh')
  const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(said)?.[0]
  if (code === undefined) throw new Error(said)
  return code
}
