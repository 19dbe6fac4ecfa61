import { createHash } from 'node:crypto'

export interface Problem {
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly code: string
  readonly decisionId: string
}

const style = `
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1f2328;background:#f6f8fa}
main{max-width:34rem;margin:12vh auto;padding:2rem;background:#fff;border:1px solid #d1d9e0;border-radius:6px}
h1{margin:0 0 .5rem;font-size:1.4rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:1.5rem 0 0;font-size:.85rem;color:#59636e}
dd{margin:0;font-family:ui-monospace,monospace;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}main{background:#151b23;border-color:#3d444d}dl{color:#9198a1}}
`
const styleHash = createHash('sha256').update(style).digest('base64')

/** Nothing but the one style sheet runs or loads, and nobody frames the page. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

export function renderProblemPage(problem: Problem): string {
  const { status, title, detail, code, decisionId } = problem
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(detail)}</p>
<dl>
<dt>Status</dt><dd>${status}</dd>
<dt>Code</dt><dd>${escapeHtml(code)}</dd>
<dt>Decision</dt><dd>${escapeHtml(decisionId)}</dd>
</dl>
</main>
</body>
</html>
`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}
