import { defineConfig } from 'vitest/config'

const root = new URL('..', import.meta.url).pathname

/** Pure tests stand beside their source; whatever needs a database, a socket or a browser is in test/. */
export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        test: {
          name: 'pure',
          include: [
            '{api,bots,locales,miniapp}/**/*.test.ts',
            'test/properties/**/*.test.ts',
            'test/boundaries.test.ts',
          ],
        },
      },
      {
        root,
        test: {
          name: 'database',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
})
