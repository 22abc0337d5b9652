import {
  convertIPv4MappedIPv6ToIPv4,
  convertIPv4ToBinary,
  convertIPv6BinaryToString,
  convertIPv6ToBinary,
  isIPv4MappedIPv6,
} from 'hono/utils/ipaddr'

/** An address as a number; IPv4 written as IPv6 (`::ffff:10.0.0.1`) counts as IPv4. */
type Address = { bits: 32 | 128; value: bigint }

/** Reads an address, with or without port and brackets; undefined when it is none. */
export function parseAddress(text: string): Address | undefined {
  const bare = text
    .trim()
    .replace(/^\[([^\]]+)\](?::\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '')
  try {
    if (!bare.includes(':')) return { bits: 32, value: convertIPv4ToBinary(bare) }
    const value = convertIPv6ToBinary(bare)
    return isIPv4MappedIPv6(value)
      ? { bits: 32, value: convertIPv4MappedIPv6ToIPv4(value) }
      : { bits: 128, value }
  } catch {
    return undefined
  }
}

/** A test for addresses of the given blocks (`10.0.0.0/8`, `::1`); entries that are none are left out. */
export function addressSet(blocks: readonly string[]): (text: string | undefined) => boolean {
  const ranges = blocks.flatMap((block) => {
    const [base = '', prefix] = block.split('/')
    const address = parseAddress(base)
    if (address === undefined) return []
    const length = prefix === undefined ? address.bits : Number(prefix)
    if (!Number.isInteger(length) || length < 0 || length > address.bits) return []
    const shift = BigInt(address.bits - length)
    return [{ bits: address.bits, shift, head: address.value >> shift }]
  })
  return (text) => {
    const address = text === undefined ? undefined : parseAddress(text)
    if (address === undefined) return false
    return ranges.some((r) => r.bits === address.bits && address.value >> r.shift === r.head)
  }
}

export const isLoopback = addressSet(['127.0.0.0/8', '::1'])

/**
 * The caller's address: the socket's peer, or, when that is a trusted proxy, the last entry of `X-Forwarded-For` that
 * is not one itself. Entries further left are the caller's own claim and are never believed.
 */
export function callerAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  isTrusted: (address: string | undefined) => boolean,
): string | undefined {
  if (!isTrusted(peer)) return peer
  let last = peer
  for (const entry of (forwardedFor ?? '').split(',').reverse()) {
    if (parseAddress(entry) === undefined) return last
    last = entry.trim()
    if (!isTrusted(last)) return last
  }
  return last
}

/** What limits count by: the IPv4 address, or the /64 of an IPv6 one (a household or a phone has a whole /64). */
export function remoteKey(address: string | undefined): string {
  const parsed = address === undefined ? undefined : parseAddress(address)
  if (parsed === undefined) return 'unknown'
  if (parsed.bits === 32) return `4-${parsed.value.toString(16)}`
  return `6-${convertIPv6BinaryToString((parsed.value >> 64n) << 64n)}`
}
