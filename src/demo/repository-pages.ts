import { html } from 'hono/html'

import { table } from './page.ts'
import type { Markup } from './page.ts'
import { findPerson } from './people.ts'
import type { Branch, Release, Repository } from './repository-records.ts'

export function repositoryPath(name: string): string {
  return `/repositories/${encodeURIComponent(name)}`
}

export function branchPath(repository: string, branch: string): string {
  return `${repositoryPath(repository)}/branches/${encodeURIComponent(branch)}`
}

export function releasesPath(repository: string): string {
  return `${repositoryPath(repository)}/releases`
}

export function listBody(repositories: readonly Repository[]): Markup {
  const cards = repositories.map(
    ({ name, summary }) =>
      html`<a class="card" href="${repositoryPath(name)}"
        ><strong>${name}</strong><span>${summary}</span></a
      >`,
  )
  return cards.length === 0
    ? html`<p>None that you may read.</p>`
    : html`<div class="cards">${cards}</div>`
}

export function repositoryBody(repository: Repository): Markup {
  const rows = [...repository.branches.values()].map(
    (branch) =>
      html`<tr>
        <td><a href="${branchPath(repository.name, branch.name)}">${branch.name}</a></td>
        <td>${branch.commits[0]?.message ?? ''}</td>
        <td class="number">${branch.commits.length}</td>
      </tr>`,
  )
  const readme = repository.branches.get('main')?.files.get('README.md') ?? ''
  return html`<p class="soft">${repository.summary}</p>
    <h2>Branches</h2>
    ${table(['Branch', 'Last commit', '#Commits'], rows)}
    <p><a href="${releasesPath(repository.name)}">Releases</a></p>
    <h2>README.md</h2>
    <pre>${readme}</pre>`
}

export function branchBody(repository: Repository, branch: Branch, mayPush: boolean): Markup {
  const files = [...branch.files.keys()].map(
    (file) =>
      html`<tr>
        <td>
          <a href="${branchPath(repository.name, branch.name)}/files/${encodeURIComponent(file)}"
            >${file}</a
          >
        </td>
      </tr>`,
  )
  const commits = branch.commits.map(
    ({ id, message, author }) =>
      html`<tr>
        <td><code>${id}</code></td>
        <td>${message}</td>
        <td>${findPerson(author)?.name ?? author}</td>
      </tr>`,
  )
  return html`<h2>Files</h2>
    ${table(['Name'], files)}
    <h2>Commits</h2>
    ${table(['Commit', 'Message', 'Author'], commits)}
    <h2>Push a commit</h2>
    ${mayPush ? '' : refusalHint('push to this branch')}
    <form class="row" method="post" action="${branchPath(repository.name, branch.name)}/commits">
      <input name="file" placeholder="File" value="NOTES.md" required />
      <input name="content" placeholder="Content" required />
      <input name="message" placeholder="Message" required />
      <button class="do">Push to ${branch.name}</button>
    </form>`
}

export function fileBody(repository: string, branch: string, content: string): Markup {
  return html`<pre>${content}</pre>
    <p><a href="${branchPath(repository, branch)}">All files of ${branch}</a></p>`
}

export function releasesBody(
  repository: string,
  releases: readonly Release[],
  mayPublish: boolean,
): Markup {
  const rows = releases.map(
    ({ version, publishedBy }) =>
      html`<tr>
        <td>${version}</td>
        <td>${findPerson(publishedBy)?.name ?? publishedBy}</td>
      </tr>`,
  )
  return html`${table(['Version', 'Published by'], rows)}
    <h2>Publish a release</h2>
    ${mayPublish ? '' : refusalHint('publish releases here')}
    <form class="row" method="post" action="${releasesPath(repository)}">
      <input name="version" placeholder="1.1.0" pattern="[0-9]+\\.[0-9]+\\.[0-9]+" required />
      <button class="do">Publish</button>
    </form>`
}

function refusalHint(what: string): Markup {
  return html`<p class="soft">Policy does not let you ${what}. Try it and be denied.</p>`
}
