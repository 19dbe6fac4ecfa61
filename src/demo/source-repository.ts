import { changed, createApp, nothingHere, readFields, reply } from './app.ts'
import type { App, AppContext, AppFrame } from './app.ts'
import type { ReadCaller } from './caller.ts'
import type { AskPermissions } from './permissions.ts'
import * as pages from './repository-pages.ts'
import type { Branch, Repository, Shelf } from './repository-records.ts'

export const repositoryHost = 'git.localhost'
export const repositoryAudience = 'source-repository'

const frame: AppFrame = {
  name: 'Source repository',
  accent: '#6b3fa0',
  navigation: [{ href: '/repositories', label: 'Repositories' }],
}

/** For everybody, signed in or not. */
const aboutPath = '/about'
const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const versionPattern = /^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$/
const maxContentLength = 10_000

/** Repositories with branches, files and releases; as free of permissions as its neighbour. */
export function createSourceRepository(
  shelf: Shelf,
  readCaller: ReadCaller,
  askPermissions: AskPermissions,
): App {
  const app = createApp(frame, readCaller, [aboutPath])

  app.get(aboutPath, (context) =>
    reply(context, frame, {
      title: 'About the source repository',
      json: { application: 'source repository', sign_in: 'engineers, and whom a list names' },
    }),
  )

  const list = async (context: AppContext) => {
    const all = shelf.list()
    const questions = all.map(({ name }) => ({ action: 'read', type: 'repository', id: name }))
    const mayRead = await askPermissions(context.get('caller'), questions)
    const readable = all.filter((_, index) => mayRead[index])
    return reply(context, frame, {
      title: 'Repositories',
      json: { repositories: readable.map(summarize) },
      body: pages.listBody(readable),
    })
  }
  app.get('/', list)
  app.get('/repositories', list)

  app.get('/repositories/:repository', (context) => {
    const repository = shelf.find(context.req.param('repository'))
    if (repository === null) return nothingHere(context, frame)
    return reply(context, frame, {
      title: repository.name,
      json: summarize(repository),
      body: pages.repositoryBody(repository),
    })
  })

  app.get('/repositories/:repository/branches/:branch', async (context) => {
    const found = findBranch(shelf, context)
    if (found === null) return nothingHere(context, frame)
    const { repository, branch } = found
    const question = { action: 'push', type: 'repository', id: repository.name }
    const mayPush = await askPermissions(context.get('caller'), [
      { ...question, properties: { branch: branch.name } },
    ])
    return reply(context, frame, {
      title: `${repository.name}: ${branch.name}`,
      json: describe(repository, branch),
      body: pages.branchBody(repository, branch, mayPush[0] === true),
    })
  })

  app.get('/repositories/:repository/branches/:branch/files/:file', (context) => {
    const found = findBranch(shelf, context)
    const file = context.req.param('file')
    const content = found?.branch.files.get(file)
    if (found === null || content === undefined) return nothingHere(context, frame)
    return reply(context, frame, {
      title: file,
      json: { repository: found.repository.name, branch: found.branch.name, file, content },
      body: pages.fileBody(found.repository.name, found.branch.name, content),
    })
  })

  app.post('/repositories/:repository/branches/:branch/commits', async (context) => {
    const { repository: name, branch } = context.req.param()
    const repository = shelf.find(name)
    if (repository === null) return nothingHere(context, frame)
    const fields = await readFields(context)
    const { message = '', file = '', content = '' } = Object.fromEntries(fields)
    const isUsable =
      [branch, file].every((text) => namePattern.test(text)) &&
      [message, content].every((text) => text !== '' && text.length <= maxContentLength)
    if (!isUsable) return complain(context, 400, 'A commit needs a file, its content and a message')
    const author = context.get('caller').id
    const commit = shelf.push(repository, branch, { message, author, file, content })
    if (commit === null) return complain(context, 409, 'This demo takes no more commits')
    const answer = { title: commit.id, status: 201, json: { ...commit, branch } } as const
    return changed(context, frame, pages.branchPath(name, branch), answer)
  })

  app.get('/repositories/:repository/releases', async (context) => {
    const repository = shelf.find(context.req.param('repository'))
    if (repository === null) return nothingHere(context, frame)
    const { name, releases } = repository
    const question = { action: 'publish', type: 'repository', id: name }
    const mayPublish = await askPermissions(context.get('caller'), [question])
    return reply(context, frame, {
      title: `Releases of ${name}`,
      json: { repository: name, releases },
      body: pages.releasesBody(name, releases, mayPublish[0] === true),
    })
  })

  app.post('/repositories/:repository/releases', async (context) => {
    const repository = shelf.find(context.req.param('repository'))
    if (repository === null) return nothingHere(context, frame)
    const version = (await readFields(context)).get('version') ?? ''
    if (!versionPattern.test(version)) {
      return complain(context, 400, 'A release needs a version such as 1.2.0')
    }
    const release = shelf.publish(repository, version, context.get('caller').id)
    if (release === null) return complain(context, 409, `${version} is already published`)
    const answer = { title: version, status: 201, json: release } as const
    return changed(context, frame, pages.releasesPath(repository.name), answer)
  })

  return app
}

function complain(context: AppContext, status: 400 | 409, title: string): Promise<Response> {
  return reply(context, frame, { status, title, json: { title } })
}

function findBranch(
  shelf: Shelf,
  context: AppContext,
): { readonly repository: Repository; readonly branch: Branch } | null {
  const { repository: name = '', branch: branchName = '' } = context.req.param()
  const repository = shelf.find(name)
  const branch = repository?.branches.get(branchName)
  return repository && branch ? { repository, branch } : null
}

function summarize({ name, summary, branches, releases }: Repository) {
  return {
    name,
    summary,
    branches: [...branches.keys()],
    latestRelease: releases[0]?.version ?? null,
    links: { self: pages.repositoryPath(name), releases: pages.releasesPath(name) },
  }
}

function describe(repository: Repository, branch: Branch) {
  return {
    repository: repository.name,
    branch: branch.name,
    files: [...branch.files.keys()],
    commits: branch.commits,
  }
}
