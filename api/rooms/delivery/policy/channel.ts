import type { ChannelId } from '../../../chat/inbound.ts'

export type LinkState = { channel: string; chatKey: string; state: 'active' | 'gone' }

/** When a person last did something in a chat of a channel that lets us write only for a while after that. */
export type Interactions = ReadonlyMap<string, Date>
export const chatId = (channel: string, chatKey: string): string => `${channel}/${chatKey}`

type Window = { freeMs: number; closesMs: number }
const HOUR_MS = 3_600_000

/** Zalo OA: free for 48 hours after the last interaction, paid until day 7, then refused (−230). Others: always. */
export const WINDOWS: Partial<Record<ChannelId, Window>> = {
  'zalo-oa': { freeMs: 48 * HOUR_MS, closesMs: 7 * 24 * HOUR_MS },
}

/** Where nobody is called to look (the web chat) comes last unless asked for. */
export const SILENT: readonly string[] = ['web']

/** No phone rings there, so that quiet hours hold nothing up. */
export const isSilent = (channel: string): boolean => SILENT.includes(channel)

/** How long after an interaction we write: paid time is used for danger to life and for a person's own case. */
export const windowMs = (channel: string, mayPay: boolean): number | undefined => {
  const window = WINDOWS[channel as ChannelId]
  return mayPay ? window?.closesMs : window?.freeMs
}

/**
 * The chat to use: the first by the person's order, then channels that call, then the one used last (`links` come in
 * that order), whose link is alive and whose window is open now; undefined: the inbox alone. A chat whose interactions
 * are unknown counts as open: the channel itself refuses, and then the next one is tried. A channel with a template
 * counts as open too, but after all whose window is.
 */
export function chooseChannel<L extends LinkState>(
  links: readonly L[],
  order: readonly string[],
  interactions: Interactions,
  now: Date,
  options: { mayPay?: boolean; templateChannels?: readonly string[] } = {},
): L | undefined {
  const rank = ({ channel }: L): number => {
    const place = order.indexOf(channel)
    if (place >= 0) return place
    return order.length + (isSilent(channel) ? 1 : 0)
  }
  const isOpen = ({ channel, chatKey }: L): boolean => {
    const last = interactions.get(chatId(channel, chatKey))
    const open = windowMs(channel, options.mayPay ?? false)
    return last === undefined || open === undefined || now.getTime() - last.getTime() <= open
  }
  const active = links
    .filter(({ state }) => state === 'active')
    .toSorted((a, b) => rank(a) - rank(b))
  const hasTemplate = ({ channel }: L) => (options.templateChannels ?? []).includes(channel)
  const open = active.filter(isOpen)
  const calls = open.find(({ channel }) => !isSilent(channel) || order.includes(channel))
  return calls ?? active.find(hasTemplate) ?? open[0]
}
