import { html } from 'hono/html'

import { page } from './page.ts'
import type { Markup } from './page.ts'

const frame = { site: 'Sallyport demo', accent: '#24476b' }

const expectations: readonly (readonly [string, string, string])[] = [
  ['Amara, accountant', 'Accounting', 'the source repository'],
  [
    'Felix, finance manager',
    'Accounting; approves expenses of finance, not his own',
    'the source repository',
  ],
  ['Emil, engineer', 'The source repository; pushes to branches, not to main', 'accounting'],
  [
    'Mona, engineering manager',
    "The source repository; engineering's expenses, approves all but her own",
    'invoices',
  ],
  ['Cora, contractor', 'The repositories her contract names', 'everything else'],
]

export function browserHomePage(signedInAs: string, applications: readonly string[]): Markup {
  const cards = applications.map(
    (url) =>
      html`<a class="card" href="${url}"><strong>${nameOf(url)}</strong><span>${url}</span></a>`,
  )
  const rows = expectations.map(
    ([who, may, mayNot]) =>
      html`<tr>
        <td>${who}</td>
        <td>${may}</td>
        <td>${mayNot}</td>
      </tr>`,
  )
  return page(
    { ...frame, title: 'Start' },
    html`<h1>Two applications behind one gateway</h1>
      <p>You are signed in as <strong>${signedInAs}</strong>.</p>
      <div class="cards">${cards}</div>
      <form method="post" action="/" class="row">
        <button class="do">Be somebody else</button>
      </form>
      <h2>What to expect</h2>
      <table>
        <thead>
          <tr>
            <th>Person</th>
            <th>Gets into</th>
            <th>Is denied</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
      <p class="soft">
        None of this is written in the applications. It is in the policies folder: edit a file there
        and the next request is decided by it.
      </p>`,
  )
}

export function browserProblemPage(summary: string, detail: string): Markup {
  return page(
    { ...frame, title: summary },
    html`<h1>${summary}</h1>
      <p>${detail}</p>`,
  )
}

function nameOf(url: string): string {
  return new URL(url).hostname.startsWith('accounting.') ? 'Accounting' : 'Source repository'
}
