import { html } from 'hono/html'

type Html = ReturnType<typeof html>

/** Colours and sizes of the reference pages; the strict policy allows no inline style, so it is a file of its own. */
export const PAGE_CSS = `
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }
body { max-width: 52rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere }
h1, h2, h3 { line-height: 1.25 }
h3 { border-top: 1px solid #8886; padding-top: 1rem; font-size: 1rem }
code, pre { font-family: ui-monospace, monospace; font-size: .9em }
pre { white-space: pre-wrap; padding: .75rem; background: #8881; border-radius: .4rem }
table { border-collapse: collapse; table-layout: fixed; width: 100% }
th { width: 30% }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0 }
.method { font-weight: 700 }
.demo { padding: .5rem .75rem; background: #fd4; color: #111; border-radius: .4rem }
`

/** A page without script that old phones can read. */
export const page = (title: string, language: 'vi' | 'en', body: Html) => html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="stylesheet" href="/docs/style.css" />
  </head>
  <body>
    ${body}
  </body>
</html>`
