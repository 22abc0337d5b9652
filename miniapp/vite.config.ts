import { defineConfig } from 'vite'

const root = import.meta.dirname
const page = (name: string) => `${root}/${name}.html`

/**
 * Three pages, one build. Relative URLs (`base: './'`), because a host may serve the pages from a folder of its own
 * (`/zapps/<id>/`). No inline script, style or data: URL, so that a strict CSP holds.
 */
export default defineConfig({
  root,
  base: './',
  build: {
    outDir: `${root}/dist`,
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: page('index'), console: page('console'), chat: page('chat') },
      output: {
        // A few files instead of dozens: on a slow network each request costs a round trip.
        codeSplitting: {
          groups: [
            {
              name: 'kit',
              test: /node_modules\/(preact|wouter-preact|regexparam|hono)\/|\/src\/(ui|shared|platform)\/|\/api\/core\//,
            },
            { name: 'resident', test: /\/src\/(resident\/|pages\/home)/ },
          ],
        },
      },
    },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
