import { defineConfig } from 'vitest/config'
import { isFull } from './full.ts'

const root = new URL('..', import.meta.url).pathname

const PURE = [
  '{api,bots,locales,miniapp}/**/*.test.ts',
  'test/properties/**/*.test.ts',
  'test/*.test.ts',
]

/**
 * Pure tests stand beside their source; whatever needs a database, a process, workerd or a browser is in test/. The
 * `database` project runs on PGlite, or on PostgreSQL with LOA_TEST_DATABASE=postgres.
 */
export default defineConfig({
  test: {
    projects: [
      { root, test: { name: 'pure', include: PURE, testTimeout: isFull ? 1_800_000 : 60_000 } },
      slow('database', ['test/{integration,channels}/**/*.test.ts'], 30),
      slow('postgres', ['test/postgres/**/*.test.ts'], 60),
      slow('hosts', ['test/hosts/**/*.test.ts'], 120),
      slow('workerd', ['test/workerd/**/*.test.ts'], 120),
      slow('browser', ['test/e2e/**/*.test.ts'], 120),
    ],
  },
})

/** Suites that start something real: two at a time, generous limits. */
function slow(name: string, include: string[], timeoutSeconds: number) {
  const usesPostgres =
    name === 'postgres' || name === 'workerd' || process.env.LOA_TEST_DATABASE === 'postgres'
  return {
    root,
    test: {
      name,
      include,
      testTimeout: timeoutSeconds * 1000,
      hookTimeout: 120_000,
      maxWorkers: name === 'database' || name === 'postgres' ? 2 : 1,
      expect: { poll: { timeout: 20_000 } },
      // A browser on a busy machine may miss a beat once; .ci/sum.mjs names each test that needed its second try.
      retry: name === 'browser' ? 1 : 0,
      ...(usesPostgres ? { globalSetup: ['test/harness-pg-setup.ts'] } : {}),
    },
  }
}
