import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

export interface PageFrame {
  readonly title: string
  /** Name of the site, left in the header. */
  readonly site: string
  /** Colour of the site, any CSS colour. */
  readonly accent: string
  /** Right in the header. */
  readonly corner?: Markup
  readonly navigation?: readonly { readonly href: string; readonly label: string }[]
  readonly footer?: Markup
}

const styleSheet = raw(`
:root { color-scheme: light dark;
  --ink: light-dark(#1c2330, #e8ebf2); --soft: light-dark(#5b6576, #9aa4b6);
  --paper: light-dark(#f5f6f9, #12151c); --card: light-dark(#fff, #1b202a);
  --line: light-dark(#e0e4ec, #2d3442); --good: light-dark(#0f7a4d, #4cc38a);
  --bad: light-dark(#b3261e, #ff8a80); }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
header { background: var(--accent); color: #fff }
header > div, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.5rem }
header > div { display: flex; gap: 1.75rem; align-items: center; min-height: 3.75rem; flex-wrap: wrap }
header a { color: #fff; text-decoration: none; opacity: .85 }
header a:hover { opacity: 1; text-decoration: underline }
header .site { font-weight: 650; font-size: 1.1rem; opacity: 1 }
header .corner { margin-left: auto; font-size: .92rem }
main { padding-top: 1.75rem; padding-bottom: 2rem }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .35rem }
h2 { font-size: 1.12rem; margin: 2rem 0 .6rem }
p { margin: .4rem 0 1rem } .soft { color: var(--soft) }
a { color: inherit; text-decoration-color: var(--accent); text-underline-offset: 3px }
table { width: 100%; margin: .9rem 0; border-collapse: collapse; background: var(--card);
  border: 1px solid var(--line); border-radius: 10px; border-spacing: 0; overflow: hidden }
th, td { text-align: left; padding: .55rem .9rem; border-top: 1px solid var(--line); vertical-align: top }
thead th { border-top: 0; font-size: .8rem; font-weight: 600; color: var(--soft) }
tbody:first-child tr:first-child > * { border-top: 0 }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
code, pre { font: .88rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: .9rem 1rem; overflow-x: auto; margin: 0 0 1rem }
td code { overflow-wrap: anywhere }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(15.5rem, 1fr)); gap: .9rem; margin: 1rem 0 }
.card { display: flex; flex-direction: column; width: 100%; padding: 1rem 1.1rem; background: var(--card); color: inherit;
  border: 1px solid var(--line); border-radius: 10px; text-decoration: none; text-align: left; font: inherit }
a.card:hover, button.card:hover { border-color: var(--accent); cursor: pointer }
.card strong { display: block } .card strong::first-letter { text-transform: uppercase } .card span { color: var(--soft); font-size: .92rem; display: block }
.tag { display: inline-block; border-radius: 99px; padding: .05rem .65rem; font-size: .82rem;
  border: 1px solid var(--line); color: var(--soft) }
.tag.good { color: var(--good); border-color: var(--good) }
.tag.bad { color: var(--bad); border-color: var(--bad) }
button { font: inherit; cursor: pointer } form { margin: 0 }
button.do { border: 0; border-radius: 8px; padding: .5rem 1rem; background: var(--accent); color: #fff }
button.link { background: none; border: 0; color: inherit; padding: 0; text-decoration: underline }
input { font: inherit; padding: .45rem .6rem; border: 1px solid var(--line); border-radius: 8px;
  background: var(--card); color: inherit; min-width: 0 }
.halves { display: grid; grid-template-columns: repeat(auto-fit, minmax(21rem, 1fr)); gap: 0 1.5rem }
.halves pre { font-size: .82rem }
.row { display: flex; gap: .6rem; flex-wrap: wrap; align-items: center; margin: .8rem 0 }
.notice { border-left: 4px solid #d58a00; background: var(--card); padding: .7rem 1rem; border-radius: 0 8px 8px 0; margin: 0 0 1.2rem }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.4rem; margin: 1rem 0 }
dl.facts dt { color: var(--soft) } dl.facts dd { margin: 0 }
footer { padding-top: 1rem; padding-bottom: 2.5rem; font-size: .92rem }
footer details { border-top: 1px solid var(--line); padding-top: 1rem }
summary { cursor: pointer; color: var(--soft) }
`)

/** Everything but `raw` values is escaped by the template. */
export function page(frame: PageFrame, body: Markup): Markup {
  const navigation = (frame.navigation ?? []).map(
    ({ href, label }) => html`<a href="${href}">${label}</a>`,
  )
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${frame.title} - ${frame.site}</title>
        <style>
          ${styleSheet}
        </style>
      </head>
      <body style="--accent: ${frame.accent}">
        <header>
          <div>
            <a class="site" href="/">${frame.site}</a>
            ${navigation}
            <span class="corner">${frame.corner ?? ''}</span>
          </div>
        </header>
        <main>${body}</main>
        <footer>${frame.footer ?? ''}</footer>
      </body>
    </html>`
}

/**
 * No script runs on any page of the demo, and no other site may frame one. Forms have to say where
 * they come from, which they do not with `no-referrer`.
 */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
}

/** A heading that begins with # is of a column of numbers. */
export function table(headings: readonly string[], rows: readonly Markup[]): Markup {
  const cells = headings.map((heading) =>
    heading.startsWith('#')
      ? html`<th class="number">${heading.slice(1)}</th>`
      : html`<th>${heading}</th>`,
  )
  return html`<table>
    <thead>
      <tr>
        ${cells}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`
}
