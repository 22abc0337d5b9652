import { defineConfig } from 'vite'

const root = import.meta.dirname
const page = (name: string) => `${root}/${name}.html`

/** Where the API is when a host serves only the pages (Zalo): goes into `<meta name="loa-api">`. */
const apiOrigin = process.env.LOA_API_ORIGIN
const apiMeta = (html: string) =>
  html.replace('<head>', `<head>\n    <meta name="loa-api" content="${apiOrigin}" />`)

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
              test: /node_modules\/(preact|wouter-preact|regexparam|hono)\/|\/src\/(ui|shared)\/|\/platform\/(index|browser|detect|telegram-launch)\.ts|\/api\/core\//,
            },
            { name: 'resident', test: /\/src\/(resident\/|pages\/home)/ },
          ],
        },
      },
    },
  },
  plugins: apiOrigin ? [{ name: 'loa-api-origin', transformIndexHtml: apiMeta }] : [],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
