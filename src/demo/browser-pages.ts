import { html } from 'hono/html'

import { accountingHost } from './accounting.ts'
import { page, table } from './page.ts'
import type { Markup } from './page.ts'
import { repositoryHost } from './source-repository.ts'

const frame = { site: 'Sallyport demo', accent: '#24476b' }

interface Expectation {
  readonly who: string
  readonly getsInto: string
  readonly isDenied: string
  /** Host and path of a page to begin with. */
  readonly begin: readonly [host: string, path: string]
}

const expectations: readonly Expectation[] = [
  {
    who: 'Amara, accountant',
    getsInto: 'Accounting',
    isDenied: 'the source repository',
    begin: [accountingHost, '/invoices'],
  },
  {
    who: 'Felix, finance manager',
    getsInto: 'Accounting; approves expenses of finance, but not his own',
    isDenied: 'the source repository',
    begin: [accountingHost, '/departments/finance/expenses'],
  },
  {
    who: 'Emil, engineer',
    getsInto: 'The source repository; pushes to branches, but not to main',
    isDenied: 'accounting',
    begin: [repositoryHost, '/repositories/payments'],
  },
  {
    who: 'Mona, engineering manager',
    getsInto: 'The source repository; approves expenses of engineering, but not her own',
    isDenied: 'invoices',
    begin: [accountingHost, '/departments/engineering/expenses'],
  },
  {
    who: 'Cora, contractor',
    getsInto: 'The repositories that a list names',
    isDenied: 'everything else',
    begin: [repositoryHost, '/repositories/handbook'],
  },
]

export function browserHomePage(signedInAs: string, port: number): Markup {
  const rows = expectations.map(
    ({ who, getsInto, isDenied, begin: [host, path] }) =>
      html`<tr>
        <td>${who}</td>
        <td>${getsInto}</td>
        <td>${isDenied}</td>
        <td><a href="http://${host}:${port}${path}">${path}</a></td>
      </tr>`,
  )
  return page(
    { ...frame, title: 'Start' },
    html`<h1>Two applications behind one gateway</h1>
      <p>You are signed in as <strong>${signedInAs}</strong>.</p>
      <div class="cards">
        ${card('Accounting', `http://${accountingHost}:${port}/`)}
        ${card('Source repository', `http://${repositoryHost}:${port}/`)}
      </div>
      <form method="post" action="/" class="row">
        <button class="do">Be somebody else</button>
      </form>
      <h2>What to expect</h2>
      ${table(['Person', 'Gets into', 'Is denied', 'Begin at'], rows)}
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

function card(name: string, url: string): Markup {
  return html`<a class="card" href="${url}"><strong>${name}</strong><span>${url}</span></a>`
}
