import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

const ROOT = new URL('../..', import.meta.url).pathname

it('the demo tour walks the whole story to its end', () => {
  const tour = spawnSync(process.execPath, ['test/tour/tour.ts'], { cwd: ROOT, encoding: 'utf8' })
  expect(tour.stderr).toBe('')
  expect(tour.stdout).toContain('The story holds.')
  expect(tour.status).toBe(0)
})
