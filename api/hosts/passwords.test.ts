import { expect, it } from 'vitest'
import { createPasswords, createTurns } from './passwords.ts'

const passwords = createPasswords()

it('verifies what it hashed, and nothing else', async () => {
  const phc = await passwords.hash('mật khẩu rất dài')
  expect(phc).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(await passwords.verify('mật khẩu rất dài'.normalize('NFD'), phc)).toBe(true)
  expect(await passwords.verify('mật khẩu rất dàị', phc)).toBe(false)
  expect(await passwords.hash('mật khẩu rất dài')).not.toBe(phc)
})

it('reads the published test vector of RFC 7914', async () => {
  const hex =
    'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640'
  const b64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
  const phc = `$scrypt$ln=10,r=8,p=16$${b64(Buffer.from('NaCl'))}$${b64(Buffer.from(hex, 'hex'))}`
  expect(await passwords.verify('password', phc)).toBe(true)
})

it.each(['', 'plain', '$scrypt$ln=30,r=8,p=1$AAAA$AAAA', '$argon2id$v=19$m=1,t=1,p=1$AA$AA'])(
  'refuses %j without working on it',
  async (phc) => {
    expect(await passwords.verify('x', phc)).toBe(false)
  },
)

it('works at most on as many at once as it may, and on all of them', async () => {
  const inTurn = createTurns(2)
  let running = 0
  let most = 0
  const results = await Promise.allSettled(
    Array.from({ length: 9 }, (_, i) =>
      inTurn(async () => {
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setTimeout(resolve, 1))
        running -= 1
        if (i === 3) throw new Error('one fails')
        return i
      }),
    ),
  )
  expect(most).toBe(2)
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(8)
})
