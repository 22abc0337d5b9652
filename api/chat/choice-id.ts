import type { Message } from './message.ts'

/** Telegram's callback_data holds 64 bytes, the least of all channels. https://core.telegram.org/bots/api#inlinekeyboardbutton */
export const CHOICE_ID_MAX_BYTES = 64

/** `<flow>:<turn>:<choice>`; the turn tells a stale button from a live one. */
const encodeChoiceId = (flow: string, turn: number, choice: string): string =>
  `${flow}:${turn}:${choice}`

const CHOICE_ID = /^([^:]+):(\d{1,9}):(.+)$/s

export function parseChoiceId(
  id: string,
): { flow: string; turn: number; choice: string } | undefined {
  const [, flow, turn, choice] = CHOICE_ID.exec(id) ?? []
  if (flow === undefined || turn === undefined || choice === undefined) return undefined
  return { flow, turn: Number(turn), choice }
}

/** Messages whose bare choice ids carry flow and turn; ids that carry them already stay. */
export const withChoiceIds = (
  messages: readonly Message[],
  flow: string,
  turn: number,
): readonly Message[] =>
  messages.map((message) =>
    message.choices === undefined
      ? message
      : {
          ...message,
          choices: message.choices.map((choice) =>
            parseChoiceId(choice.id) === undefined
              ? { ...choice, id: encodeChoiceId(flow, turn, choice.id) }
              : choice,
          ),
        },
  )
