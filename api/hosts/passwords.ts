import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import type { Passwords } from '../context.ts'

/** N=2^15, r=8, p=1 takes 32 MiB and about 0.1 s; the only memory-hard call that Node and workerd share. */
const COST = { ln: 15, r: 8, p: 1 }
const KEY_BYTES = 32
const SALT_BYTES = 16
/** A stored hash may not ask for more than this (2^17: 128 MiB). */
const MAX_LN = 17
/** Hashes at once; more would take memory and the thread pool from everything else. */
const AT_ONCE = 2

const PHC = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

type Cost = { ln: number; r: number; p: number }

function derive(password: string, salt: Uint8Array, cost: Cost, length: number): Promise<Buffer> {
  const N = 2 ** cost.ln
  const options = { N, r: cost.r, p: cost.p, maxmem: 2 * 128 * N * cost.r }
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, length, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replaceAll('=', '')

/** scrypt passwords in PHC form; at most two are hashed at once, the rest wait their turn. */
export function createPasswords(): Passwords {
  const inTurn = createTurns(AT_ONCE)
  return {
    hash: (password) =>
      inTurn(async () => {
        const salt = randomBytes(SALT_BYTES)
        const key = await derive(password, salt, COST, KEY_BYTES)
        return `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${base64(salt)}$${base64(key)}`
      }),
    verify: async (password, phc) => {
      const [, ln, r, p, salt, key] = PHC.exec(phc) ?? []
      if (salt === undefined || key === undefined || Number(ln) > MAX_LN) return false
      const expected = Buffer.from(key, 'base64')
      const cost = { ln: Number(ln), r: Number(r), p: Number(p) }
      const actual = await inTurn(() =>
        derive(password, Buffer.from(salt, 'base64'), cost, expected.length),
      )
      return timingSafeEqual(actual, expected)
    },
  }
}

/** Runs at most `limit` works at once, first come, first served. */
export function createTurns(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= limit) await new Promise<void>((go) => waiting.push(go))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
