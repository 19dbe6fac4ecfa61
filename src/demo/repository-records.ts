export interface Commit {
  readonly id: string
  readonly message: string
  readonly author: string
}

export interface Branch {
  readonly name: string
  readonly commits: readonly Commit[]
  readonly files: ReadonlyMap<string, string>
}

export interface Release {
  readonly version: string
  readonly publishedBy: string
}

export interface Repository {
  readonly name: string
  readonly summary: string
  readonly branches: ReadonlyMap<string, Branch>
  readonly releases: readonly Release[]
}

interface Change {
  readonly message: string
  readonly author: string
  readonly file: string
  readonly content: string
}

const maxCommits = 200
const maxBranches = 50

/** The repositories of the demo: in memory, gone at exit. */
export class Shelf {
  readonly #repositories = new Map<string, Repository>()
  #nextCommit = 0x1a2b3c

  constructor() {
    this.#add('payments', 'Charges cards and keeps the ledger', {
      'README.md': '# payments\n\nMoves money. Ask before you touch it.\n',
      'ledger.ts': 'export const currencies = ["EUR", "USD"] as const\n',
    })
    this.#add('website', 'The public site', {
      'README.md': '# website\n\nPages for customers.\n',
      'index.html': '<h1>Welcome</h1>\n',
    })
    this.#add('handbook', 'How the company works', {
      'README.md': '# handbook\n\nWhere things are, and whom to ask.\n',
    })
    this.#add('legacy-billing', 'Archived; payments took over', {
      'README.md': '# legacy-billing\n\nKept for the auditors.\n',
    })
  }

  list(): readonly Repository[] {
    return [...this.#repositories.values()]
  }

  find(name: string): Repository | null {
    return this.#repositories.get(name) ?? null
  }

  /** A branch that does not exist begins where `main` is. Null when the shelf is full. */
  push(repository: Repository, branchName: string, change: Change): Commit | null {
    const base = repository.branches.get(branchName) ?? repository.branches.get('main')
    const isNew = !repository.branches.has(branchName)
    if (base === undefined || base.commits.length >= maxCommits) return null
    if (isNew && repository.branches.size >= maxBranches) return null
    const { message, author, file, content } = change
    const commit: Commit = { id: this.#commitId(), message, author }
    const branch: Branch = {
      name: branchName,
      commits: [commit, ...base.commits],
      files: new Map([...base.files, [file, content]]),
    }
    const branches = new Map([...repository.branches, [branchName, branch]])
    this.#repositories.set(repository.name, { ...repository, branches })
    return commit
  }

  /** Null when that version is out already, or there are too many. */
  publish(repository: Repository, version: string, publishedBy: string): Release | null {
    const { releases } = repository
    if (releases.length >= maxCommits || releases.some((one) => one.version === version))
      return null
    const release = { version, publishedBy }
    this.#repositories.set(repository.name, { ...repository, releases: [release, ...releases] })
    return release
  }

  #add(name: string, summary: string, files: Readonly<Record<string, string>>): void {
    const main: Branch = {
      name: 'main',
      commits: [{ id: this.#commitId(), message: 'Begin', author: 'mona' }],
      files: new Map(Object.entries(files)),
    }
    const branches = new Map([['main', main]])
    const releases = [{ version: '1.0.0', publishedBy: 'mona' }]
    this.#repositories.set(name, { name, summary, branches, releases })
  }

  #commitId(): string {
    this.#nextCommit += 1
    return this.#nextCommit.toString(16)
  }
}
