/** The text page's look; a file of its own, because the strict policy allows no inline style. */
export const LITE_CSS = `
:root { color-scheme: light dark; background: Canvas; color: CanvasText; font: 1.125rem/1.5 system-ui, sans-serif }
body { max-width: 40rem; margin: 0 auto; padding: .75rem; overflow-wrap: anywhere }
h1, h2 { line-height: 1.25; margin: 1.25rem 0 .5rem }
h1 { font-size: 1.4rem } h2 { font-size: 1.15rem }
label, legend { display: block; font-weight: 600; margin-top: .9rem }
input, select, textarea, button { font: inherit; width: 100%; box-sizing: border-box; padding: .6rem; min-height: 3rem }
input[type=checkbox] { width: 1.5rem; height: 1.5rem; min-height: 0; vertical-align: middle; margin: 0 .5rem 0 0 }
button, .go { display: block; margin: .75rem 0; padding: .75rem; border: 2px solid; border-radius: .4rem; font-weight: 700; text-align: center; box-sizing: border-box }
ul, ol { padding-left: 1.25rem } li { margin: .5rem 0 }
.calls a { font-size: 1.3rem; font-weight: 700 } a { display: inline-block; padding: .15rem 0 }
.note { border: 2px solid; padding: .5rem .75rem; border-radius: .4rem }
.demo { background: #fd4; color: #111; padding: .4rem .75rem } .small { font-size: .95rem }
.words { white-space: pre-line }
`
