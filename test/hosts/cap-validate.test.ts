import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { SAMPLE } from '../../api/core/cap/sample.ts'
import { writeCap } from '../../api/core/cap/write.ts'
import { removeDirs, runNode, temporaryDir } from './host.ts'

afterAll(removeDirs)

it('names each fault with line and rule; the exit status says whether all are fit', async () => {
  const dir = temporaryDir()
  const file = (name: string, text: string) => {
    writeFileSync(join(dir, name), text)
    return name
  }
  const good = file('good.xml', writeCap(SAMPLE))
  const bad = file(
    'bad.xml',
    writeCap(SAMPLE).replace('<scope>Public</scope>', '\n<scope>All</scope>'),
  )
  const validate = (files: string[], env = {}) =>
    runNode('api/hosts/cap-validate.ts', files, { INIT_CWD: dir, ...env })
  expect(await validate([good])).toMatchObject({
    code: 0,
    out: 'good.xml: CAP 1.2, fit to be sent\n',
  })
  const both = await validate([good, bad])
  expect(both.code).toBe(1)
  expect(both.out).toContain(
    'bad.xml:3:1: error [value] <scope> cannot be “All”. One of: Public, Restricted, Private.',
  )
  expect((await validate([bad], { LANG: 'vi_VN.UTF-8' })).out).toContain('bad.xml: chưa gửi được')
  expect((await validate(['none.xml'])).code).toBe(2)
  expect((await validate([])).err).toContain('cap:validate')
})
