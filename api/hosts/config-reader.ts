import type { Env } from './config.ts'

const YES = new Set(['1', 'true', 'yes', 'on'])
const NO = new Set(['0', 'false', 'no', 'off'])
/** IPv4 or IPv6 address, with or without a prefix length. */
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]*)(\/\d{1,3})?$/i

/** Reads variables and gathers what is wrong with them; an empty value is an unset one. */
export class EnvReader {
  readonly faults: string[] = []
  readonly #env: Env

  constructor(env: Env) {
    this.#env = env
  }

  fault(sentence: string): void {
    this.faults.push(sentence)
  }

  text(name: string): string | null {
    const value = this.#env[name]?.trim()
    return value === undefined || value === '' ? null : value
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.text(name)?.toLowerCase()
    if (value === undefined) return fallback
    if (YES.has(value)) return true
    if (!NO.has(value)) this.fault(`${name} is "${value}"; it is 1 or 0`)
    return false
  }

  port(name: string, fallback: number): number {
    const value = this.text(name)
    if (value === null) return fallback
    const port = Number(value)
    if (/^\d+$/.test(value) && port >= 1 && port <= 65_535) return port
    this.fault(`${name} is "${value}"; it is a number from 1 to 65535`)
    return fallback
  }

  /** Hours from 1 to 72. */
  hours(name: string, fallback: number): number {
    const value = this.text(name)
    if (value === null) return fallback
    const hours = Number(value)
    if (/^\d+$/.test(value) && hours >= 1 && hours <= 72) return hours
    this.fault(`${name} is "${value}"; it is a number of hours from 1 to 72`)
    return fallback
  }

  digits(name: string): string | null {
    const value = this.text(name)
    if (value !== null && !/^\d{1,20}$/.test(value))
      this.fault(`${name} holds something but digits`)
    return value
  }

  choice<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const value = this.text(name)
    if (value === null) return fallback
    const found = allowed.find((one) => one === value.toLowerCase())
    if (found === undefined) this.fault(`${name} is "${value}"; it is one of ${allowed.join(', ')}`)
    return found ?? fallback
  }

  /** The value is never repeated in the fault: it may hold a password. */
  url(name: string, protocols: readonly string[] = ['https:', 'http:']): string | null {
    const value = this.text(name)
    if (value === null) return null
    const url = URL.parse(value)
    if (url === null || !protocols.includes(url.protocol)) {
      this.fault(`${name} is not an address that starts with ${wordsOf(protocols)}`)
    }
    return value
  }

  urls(name: string): readonly string[] {
    const list = this.list(name)
    if (list.some((value) => !isHttp(value))) {
      this.fault(`${name} holds something that is not an http or https address`)
    }
    return list
  }

  origin(name: string): string | null {
    const value = this.text(name)
    if (value === null) return null
    return this.#toOrigin(name, value)
  }

  origins(name: string): readonly string[] {
    return this.list(name).map((value) => this.#toOrigin(name, value))
  }

  addresses(name: string): readonly string[] {
    const list = this.list(name)
    for (const value of list) {
      if (!ADDRESS.test(value))
        this.fault(`${name} holds "${value}", which is no IP address or range`)
    }
    return list
  }

  list(name: string): readonly string[] {
    return (this.text(name) ?? '').split(/[\s,]+/).filter((value) => value !== '')
  }

  /** All of `names`, or none: a part of them is a fault that names the missing ones. */
  group<N extends string>(
    what: string,
    names: readonly N[],
    trigger: readonly string[] = names,
  ): Record<N, string> | null {
    if (trigger.every((name) => this.text(name) === null)) return null
    const missing = names.filter((name) => this.text(name) === null)
    if (missing.length > 0) {
      this.fault(`${what} is half configured: ${missing.join(', ')} ${verb(missing)} missing`)
      return null
    }
    return Object.fromEntries(names.map((name) => [name, this.text(name) ?? ''])) as Record<
      N,
      string
    >
  }

  #toOrigin(name: string, value: string): string {
    if (isHttp(value) && new URL(value).pathname === '/') return new URL(value).origin
    this.fault(`${name} holds "${value}"; it needs an origin such as https://example.vn`)
    return value
  }
}

const verb = (names: readonly string[]) => (names.length === 1 ? 'is' : 'are')
const wordsOf = (protocols: readonly string[]) => protocols.map((p) => `${p}//`).join(' or ')
const isHttp = (value: string) => /^https?:\/\//.test(value) && URL.canParse(value)
