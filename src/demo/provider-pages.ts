import { html } from 'hono/html'

import { page } from './page.ts'
import type { Markup } from './page.ts'
import { people } from './people.ts'

const frame = { site: 'Demo identity provider', accent: '#3f4a6b' }

export function loginPage(action: string, clientName: string): Markup {
  const choices = people.map(
    (person) =>
      html`<button class="card" name="person" value="${person.id}">
        <strong>${person.name}</strong>
        <span>${person.title}</span>
        <span>groups: ${person.groups.join(', ')}</span>
      </button>`,
  )
  return page(
    { ...frame, title: 'Sign in' },
    html`<h1>Sign in</h1>
      <p class="soft">Signing in to ${clientName}: choose who you are.</p>
      <p class="notice">
        <strong>For development only.</strong> There are no passwords: anybody may be anybody here.
        The protocol behind this page is real: OpenID Connect, authorization code with PKCE, signed
        tokens.
      </p>
      <form method="post" action="${action}"><div class="cards">${choices}</div></form>`,
  )
}

export function homePage(issuer: string, browserUrl: string | null): Markup {
  const rows = people.map(
    (person) =>
      html`<tr>
        <td><code>${person.id}</code></td>
        <td>${person.name}</td>
        <td>${person.title}</td>
        <td>${person.groups.join(', ')}</td>
      </tr>`,
  )
  const discovery = `${issuer}/.well-known/openid-configuration`
  return page(
    { ...frame, title: 'People' },
    html`<h1>The people of the demo</h1>
      <p class="soft">A real OpenID provider, for development only. Its keys are made at start.</p>
      <table>
        <thead>
          <tr>
            <th>User</th>
            <th>Name</th>
            <th>Title</th>
            <th>Groups</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
      <h2>Where to go</h2>
      <ul>
        ${
          browserUrl === null
            ? ''
            : html`<li><a href="${browserUrl}">Sign in and visit the applications</a></li>`
        }
        <li>
          <a href="${discovery}">Discovery document</a> and <a href="${issuer}/jwks">public keys</a>
        </li>
      </ul>`,
  )
}

export function errorPage(summary: string, detail: string): Markup {
  return page(
    { ...frame, title: summary },
    html`<h1>${summary}</h1>
      <p>${detail}</p>
      <p><a href="/">Back to the start</a></p>`,
  )
}
