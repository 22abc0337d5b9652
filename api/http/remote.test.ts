import { describe, expect, it } from 'vitest'
import { addressSet, callerAddress, isLoopback, remoteKey } from './remote.ts'

const trusted = addressSet(['10.0.0.0/8', '::1', 'fd00::/8'])

describe('callerAddress', () => {
  it('believes no header from a peer that is not a trusted proxy', () => {
    expect(callerAddress('203.0.113.9', '198.51.100.1', trusted)).toBe('203.0.113.9')
    expect(callerAddress(undefined, '198.51.100.1', trusted)).toBeUndefined()
  })

  it('reads the header from the right and stops at the first address that is no proxy', () => {
    expect(callerAddress('10.0.0.1', '1.1.1.1, 198.51.100.1, 10.2.3.4', trusted)).toBe(
      '198.51.100.1',
    )
    expect(callerAddress('::ffff:10.0.0.1', '198.51.100.1:4711', trusted)).toBe('198.51.100.1:4711')
    expect(callerAddress('::1', '2001:db8::7', trusted)).toBe('2001:db8::7')
  })

  it('stops at garbage instead of skipping it', () => {
    expect(callerAddress('10.0.0.1', '198.51.100.1, nonsense', trusted)).toBe('10.0.0.1')
    expect(callerAddress('10.0.0.1', '', trusted)).toBe('10.0.0.1')
  })

  it('answers the outermost proxy when all entries are proxies', () => {
    expect(callerAddress('10.0.0.1', '10.9.9.9, 10.2.3.4', trusted)).toBe('10.9.9.9')
  })
})

describe('remoteKey', () => {
  it('is one key a /64 and one key an IPv4 address, however it is written', () => {
    expect(remoteKey('2001:db8:1:2:aaaa::1')).toBe(remoteKey('2001:db8:1:2:bbbb::2'))
    expect(remoteKey('2001:db8:1:2::1')).not.toBe(remoteKey('2001:db8:1:3::1'))
    expect(remoteKey('::ffff:203.0.113.9')).toBe(remoteKey('203.0.113.9:80'))
    expect(remoteKey('203.0.113.9')).not.toBe(remoteKey('203.0.113.8'))
    expect(remoteKey('x')).toBe('unknown')
  })
})

it('loopback is loopback in every notation, and nothing else is', () => {
  expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].map(isLoopback)).toEqual(
    Array(4).fill(true),
  )
  expect(['128.0.0.1', '::2', '', undefined, '127.0.0.1.example'].map(isLoopback)).toEqual(
    Array(5).fill(false),
  )
})
