import {
  appendFile,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readFolderSignature } from '../../src/runtime/folder-signature.ts'
import { FolderWatch, mayMatter } from '../../src/runtime/watch-folder.ts'

const noEvents = 60_000

let base = ''
let dir = ''
let watched: Watched | null = null

interface Watched {
  readonly applied: string[]
  readonly restless: () => number
  readonly concurrent: () => number
  readonly watch: FolderWatch<string>
}

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'sallyport-watch-'))
  dir = join(base, 'policies')
  await mkdir(dir)
  await writeFile(join(dir, 'a.yaml'), 'one')
})

afterEach(async () => {
  await watched?.watch.close()
  watched = null
  await rm(base, { recursive: true, force: true })
})

describe('a change goes live', () => {
  test('when a file is written in place', async () => {
    const { applied } = await start()
    await writeFile(join(dir, 'a.yaml'), 'two')
    await within(30_000, () => applied.at(-1) === 'a.yaml=two')
    expect(applied).toEqual(['a.yaml=two'])
  })

  test('when an editor writes aside and renames into place', async () => {
    const { applied } = await start()
    await writeFile(join(dir, '.a.yaml.swp'), 'two')
    await rename(join(dir, '.a.yaml.swp'), join(dir, 'a.yaml'))
    await within(30_000, () => applied.at(-1) === 'a.yaml=two')
  })

  test('when an editor moves the old file to a backup first', async () => {
    const { applied } = await start()
    await rename(join(dir, 'a.yaml'), join(dir, 'a.yaml~'))
    await writeFile(join(dir, 'a.yaml'), 'two')
    await rm(join(dir, 'a.yaml~'))
    await within(30_000, () => applied.at(-1) === 'a.yaml=two')
    expect(applied).toEqual(['a.yaml=two'])
  })

  test('when the new file has the size and the modification time of the old one', async () => {
    const time = new Date('2026-01-01T00:00:00Z')
    await utimes(join(dir, 'a.yaml'), time, time)
    const { applied } = await start()
    await writeFile(join(base, 'new'), 'uno')
    await utimes(join(base, 'new'), time, time)
    await rename(join(base, 'new'), join(dir, 'a.yaml'))
    await within(30_000, () => applied.at(-1) === 'a.yaml=uno')
  })

  test('when a file appears, and when it goes', async () => {
    const { applied } = await start()
    await writeFile(join(dir, 'b.yml'), 'more')
    await within(30_000, () => applied.at(-1) === 'a.yaml=one b.yml=more')
    await rm(join(dir, 'b.yml'))
    await within(30_000, () => applied.at(-1) === 'a.yaml=one')
  })

  test('in a folder below, also in one that came later and in one that was replaced', async () => {
    const { applied } = await start()
    await mkdir(join(dir, 'team'))
    await sleep(150)
    await writeFile(join(dir, 'team', 'b.yaml'), 'first')
    await within(30_000, () => applied.at(-1) === 'a.yaml=one team/b.yaml=first')
    await mkdir(join(base, 'team'))
    await writeFile(join(base, 'team', 'b.yaml'), 'second')
    await rename(join(dir, 'team'), join(base, 'old'))
    await rename(join(base, 'team'), join(dir, 'team'))
    await within(30_000, () => applied.at(-1) === 'a.yaml=one team/b.yaml=second')
    await writeFile(join(dir, 'team', 'b.yaml'), 'third')
    await within(30_000, () => applied.at(-1) === 'a.yaml=one team/b.yaml=third')
  })

  test('when Kubernetes swaps the data link of a ConfigMap', async () => {
    await layOutConfigMap('1', 'one')
    const { applied } = await start()
    await mkdir(join(dir, '..2026_2'))
    await writeFile(join(dir, '..2026_2', 'a.yaml'), 'two')
    await symlink('..2026_2', join(dir, '..data_tmp'))
    await rename(join(dir, '..data_tmp'), join(dir, '..data'))
    await rm(join(dir, '..2026_1'), { recursive: true })
    await within(30_000, () => applied.at(-1) === 'a.yaml=two')
    expect(applied).toEqual(['a.yaml=two'])
  })

  test('when the file behind a link is edited', async () => {
    await mkdir(join(base, 'elsewhere'))
    await writeFile(join(base, 'elsewhere', 'b.yaml'), 'one')
    await symlink(join(base, 'elsewhere', 'b.yaml'), join(dir, 'b.yaml'))
    const { applied } = await start()
    await writeFile(join(base, 'elsewhere', 'b.yaml'), 'two')
    await within(30_000, () => applied.at(-1) === 'a.yaml=one b.yaml=two')
  })

  test('when the folder itself is a link that is pointed elsewhere', async () => {
    await rename(dir, join(base, 'release-1'))
    await symlink('release-1', dir)
    const { applied } = await start()
    await mkdir(join(base, 'release-2'))
    await writeFile(join(base, 'release-2', 'a.yaml'), 'two')
    await symlink('release-2', join(base, 'next'))
    await rename(join(base, 'next'), dir)
    await within(30_000, () => applied.at(-1) === 'a.yaml=two')
    await writeFile(join(base, 'release-2', 'a.yaml'), 'three')
    await within(30_000, () => applied.at(-1) === 'a.yaml=three')
  })

  test('when the folder is removed and comes back', async () => {
    const { applied } = await start()
    await rename(dir, join(base, 'away'))
    await within(30_000, () => applied.at(-1) === 'ENOENT')
    await mkdir(dir)
    await writeFile(join(dir, 'a.yaml'), 'back')
    await within(30_000, () => applied.at(-1) === 'a.yaml=back')
    await writeFile(join(dir, 'a.yaml'), 'edited')
    await within(30_000, () => applied.at(-1) === 'a.yaml=edited')
  })

  test('without any event, by polling', async () => {
    // A write through another name of the file is no event in the watched folder.
    await link(join(dir, 'a.yaml'), join(base, 'other-name'))
    const { applied } = await start({ pollMs: 200 })
    await writeFile(join(base, 'other-name'), 'two')
    await within(30_000, () => applied.at(-1) === 'a.yaml=two')
  })
})

describe('one set at a time', () => {
  test('takes a checkout of many files as one change', async () => {
    for (let index = 0; index < 120; index += 1) await writeFile(member(index), 'old')
    const { applied } = await start({ settleMs: 400 })
    for (let index = 0; index < 120; index += 1) await writeFile(member(index), 'new')
    await within(30_000, () => applied.length > 0)
    await sleep(800)
    expect(applied).toHaveLength(1)
    expect(applied[0]).not.toContain('old')
  })

  test('waits while git holds the lock of the working tree', async () => {
    await mkdir(join(base, '.git'))
    const { applied } = await start()
    await writeFile(join(base, '.git', 'index.lock'), '')
    await writeFile(join(dir, 'a.yaml'), 'half')
    await sleep(300)
    expect(applied).toEqual([])
    await writeFile(join(dir, 'b.yaml'), 'whole')
    await rm(join(base, '.git', 'index.lock'))
    await within(30_000, () => applied.length > 0)
    expect(applied).toEqual(['a.yaml=half b.yaml=whole'])
  })

  test('is not held up by a lock that a dead git left behind', async () => {
    await mkdir(join(base, '.git'))
    await writeFile(join(base, '.git', 'index.lock'), '')
    const old = new Date(Date.now() - 60_000)
    await utimes(join(base, '.git', 'index.lock'), old, old)
    const { applied } = await start()
    await writeFile(join(dir, 'a.yaml'), 'two')
    await within(30_000, () => applied.at(-1) === 'a.yaml=two')
  })

  test('never applies two changes at once', async () => {
    const { applied, concurrent, watch } = await start({ applyMs: 60 })
    for (let round = 0; round < 5; round += 1) {
      await writeFile(join(dir, 'a.yaml'), `round ${round}`)
      await Promise.all([watch.reload(), watch.reload(), sleep(40)])
    }
    await within(30_000, () => applied.at(-1) === 'a.yaml=round 4')
    expect(concurrent()).toBe(1)
  })

  test('accepts a folder whose files are touched for ever but say the same', async () => {
    const { applied } = await start()
    await writeFile(join(dir, 'a.yaml'), 'two')
    const file = join(dir, 'a.yaml')
    const stop = repeat(() => utimes(file, new Date(), new Date()))
    try {
      await within(30_000, () => applied.at(-1) === 'a.yaml=two')
    } finally {
      await stop()
    }
  })

  test('keeps off a folder that never stands still, says so once, and takes it when it does', async () => {
    const { applied, restless } = await start()
    const file = join(dir, 'a.yaml')
    const stop = repeat(() => appendFile(file, '.'))
    try {
      await within(30_000, () => restless() > 0)
      await sleep(300)
      expect(restless()).toBe(1)
      expect(applied).toEqual([])
    } finally {
      await stop()
    }
    await within(30_000, () => applied.length === 1)
  })
})

describe('no change', () => {
  test('applies nothing when files are touched that no policy reads', async () => {
    const { applied } = await start()
    await writeFile(join(dir, 'notes.md'), 'text')
    await writeFile(join(dir, '.a.yaml.swp'), 'text')
    await writeFile(join(base, 'neighbour.yaml'), 'text')
    await sleep(300)
    expect(applied).toEqual([])
  })

  test('applies an unchanged folder when told to', async () => {
    const { applied, watch } = await start()
    await watch.reload()
    expect(applied).toEqual(['a.yaml=one'])
  })

  test('applies nothing once closed', async () => {
    const { applied, watch } = await start()
    await watch.close()
    await writeFile(join(dir, 'a.yaml'), 'two')
    await watch.reload()
    await sleep(200)
    expect(applied).toEqual([])
  })
})

test.each([
  ['change', 'records.log', false],
  ['change', 'a.yaml', true],
  ['change', 'b.yml', true],
  ['change', 'team', true],
  ['change', null, true],
  ['rename', 'records.log', true],
  ['rename', '..data', true],
])('an event is worth a look: %s of %s, %s', (event, name, isWorth) => {
  expect(mayMatter(event, name)).toBe(isWorth)
})

async function start(
  options: {
    readonly settleMs?: number
    readonly pollMs?: number
    readonly applyMs?: number
  } = {},
): Promise<Watched> {
  const applied: string[] = []
  let restless = 0
  let running = 0
  let most = 0
  const watch = new FolderWatch<string>(
    {
      dir,
      settleMs: options.settleMs ?? 100,
      pollMs: options.pollMs ?? noEvents,
      read: () => readAll(dir, ''),
      isSame: (left, right) => left === right,
      apply: async (content) => {
        running += 1
        most = Math.max(most, running)
        await sleep(options.applyMs ?? 0)
        applied.push(content.trim())
        running -= 1
      },
      onRestless: () => {
        restless += 1
      },
    },
    await readFolderSignature(dir),
  )
  watched = { applied, restless: () => restless, concurrent: () => most, watch }
  return watched
}

async function readAll(folder: string, prefix: string): Promise<string> {
  try {
    const parts: string[] = []
    for (const name of (await readdir(folder)).sort()) {
      if (name.startsWith('.')) continue
      const path = join(folder, name)
      if (/\.ya?ml$/u.test(name)) {
        parts.push(`${prefix}${name}=${await readFile(path, 'utf8')}`)
      } else if (!name.includes('.') && !name.endsWith('~')) {
        parts.push(await readAll(path, `${prefix}${name}/`))
      }
    }
    return parts.filter((part) => part !== '').join(' ')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unreadable'
  }
}

function member(index: number): string {
  return join(dir, `member-${index}.yaml`)
}

async function layOutConfigMap(version: string, text: string): Promise<void> {
  await rm(join(dir, 'a.yaml'))
  await mkdir(join(dir, `..2026_${version}`))
  await writeFile(join(dir, `..2026_${version}`, 'a.yaml'), text)
  await symlink(`..2026_${version}`, join(dir, '..data'))
  await symlink(join('..data', 'a.yaml'), join(dir, 'a.yaml'))
}

function repeat(touch: () => Promise<void>): () => Promise<void> {
  const stopping = new AbortController()
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      await touch()
      await sleep(10)
    }
  })()
  return async () => {
    stopping.abort()
    await loop
  }
}

async function within(timeoutMs: number, isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms`)
    await sleep(5)
  }
}
