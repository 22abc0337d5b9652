import { createHash } from 'node:crypto'
import { build, defineConfig, type Plugin } from 'vite'

const root = import.meta.dirname
const page = (name: string) => `${root}/${name}.html`

/** Where the API is when a host serves only the pages (Zalo): goes into `<meta name="loa-api">`. */
const apiOrigin = process.env.LOA_API_ORIGIN
const apiMeta = (html: string) =>
  html
    .replace('<head>', `<head>\n    <meta name="loa-api" content="${apiOrigin}" />`)
    .replaceAll('href="./lite"', `href="${apiOrigin}lite"`)

type Chunk = { fileName: string; imports: string[]; dynamicImports: string[]; css: string[] }

/** What the resident's pages consist of: from their entry, all parts but those that are large and rarely needed. */
function shellFiles(chunks: readonly Chunk[], entry: string): string[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const seen = new Set<string>()
  const visit = (fileName: string): void => {
    const chunk = byName.get(fileName)
    if (chunk === undefined || seen.has(fileName) || /\/(index\.umd|leaflet)/.test(fileName)) return
    seen.add(fileName)
    for (const css of chunk.css) seen.add(css)
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) visit(next)
  }
  visit(entry)
  return [...seen].sort()
}

/** What nearly everybody needs next: asked for with the first files, and not only once those run. */
const NEXT = ['words-vi', 'more-words-vi', 'report', 'rolldown-runtime']
const preloadNext = (): Plugin => ({
  name: 'loa-preload-next',
  apply: 'build',
  transformIndexHtml(html, { bundle, filename }) {
    if (!filename.endsWith('index.html')) return []
    return Object.values(bundle ?? {})
      .filter((one) => one.type === 'chunk' && NEXT.includes(one.name))
      .filter(({ fileName }) => !html.includes(fileName))
      .map(({ fileName }) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `./${fileName}` },
        injectTo: 'head',
      }))
  },
})

/** Builds the service worker once the pages are there, because it names their files. */
const serviceWorker = (): Plugin => ({
  name: 'loa-service-worker',
  apply: 'build',
  async writeBundle({ dir }, bundle) {
    const chunks = Object.values(bundle).flatMap((one) =>
      one.type === 'chunk'
        ? [
            {
              fileName: one.fileName,
              imports: one.imports,
              dynamicImports: one.dynamicImports,
              css: [...(one.viteMetadata?.importedCss ?? [])],
              isPage: one.isEntry && one.name === 'index',
            },
          ]
        : [],
    )
    const entry = chunks.find(({ isPage }) => isPage)?.fileName
    if (entry === undefined || dir === undefined) throw new Error('no page to keep offline')
    const shell = shellFiles(chunks, entry)
    const page = bundle['index.html']
    const html = page?.type === 'asset' ? String(page.source) : ''
    const version = createHash('sha256')
      .update(JSON.stringify([shell, html]))
      .digest('hex')
    await build({
      configFile: false,
      logLevel: 'error',
      root,
      define: {
        __SHELL__: JSON.stringify(shell),
        __VERSION__: JSON.stringify(version.slice(0, 12)),
      },
      build: {
        outDir: dir,
        emptyOutDir: false,
        copyPublicDir: false,
        target: 'es2022',
        rolldownOptions: {
          input: `${root}/src/offline/sw.ts`,
          output: { format: 'iife', entryFileNames: 'sw.js' },
        },
      },
    })
  },
})

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
              test: /node_modules\/(preact|wouter-preact|regexparam|hono)\/|\/src\/(ui\/(?!fonts)|shared\/)|\/platform\/(index|browser|detect|telegram-launch)\.ts|\/api\/core\//,
            },
            { name: 'resident', test: /\/src\/(resident\/|offline\/|pages\/home)/ },
            { name: 'words-vi', test: /\/locales\/vi\/(miniapp|incidents)\.json/ },
            { name: 'words-en', test: /\/locales\/en\/(miniapp|incidents)\.json/ },
            { name: 'more-words-vi', test: /\/locales\/vi\/(rescue|screens)\.json/ },
            { name: 'more-words-en', test: /\/locales\/en\/(rescue|screens)\.json/ },
          ],
        },
      },
    },
  },
  plugins: [
    preloadNext(),
    serviceWorker(),
    ...(apiOrigin ? [{ name: 'loa-api-origin', transformIndexHtml: apiMeta }] : []),
  ],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
