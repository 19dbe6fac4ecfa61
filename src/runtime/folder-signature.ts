import { type BigIntStats, type Dirent, readdir, stat } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

// With ten thousand files these take half the time of the promise interface.
const readEntries = promisify(readdir)
const statOf = promisify(stat)

// More than reading accepts, so that a change of anything that is read changes the signature, and
// still a bound: a disk named by mistake is not walked to its end.
const maxDepth = 32
const maxEntries = 200_000
const statsAtOnce = 64

/** What a folder looks like from outside, taken without reading a file. */
export interface FolderSignature {
  /** Two equal texts: same files, same sizes, same inodes, same change times. */
  readonly text: string
  /** Folders in which an event can mean a change of `text`, each with what tells it from another. */
  readonly watchable: ReadonlyMap<string, string>
}

interface Walk {
  readonly lines: string[]
  readonly watchable: Map<string, string>
  entries: number
}

/**
 * Follows symbolic links, as reading does: a link that points elsewhere than before changes the
 * signature. The change time is part of it because, unlike the modification time, it cannot be set
 * back by whoever copies a file into place.
 */
export async function readFolderSignature(dir: string): Promise<FolderSignature> {
  const root = resolve(dir)
  const walk: Walk = { lines: [], watchable: new Map(), entries: 0 }
  await noteWatchable(dirname(root), walk)
  await visit(root, '', await statusOf(root), 0, walk)
  return { text: walk.lines.join('\n'), watchable: walk.watchable }
}

async function visit(
  path: string,
  name: string,
  stats: BigIntStats | string,
  depth: number,
  walk: Walk,
): Promise<void> {
  if (typeof stats === 'string') walk.lines.push(`${name} ${stats}`)
  else if (stats.isDirectory()) {
    walk.lines.push(`${name}/ ${stats.dev} ${stats.ino}`)
    walk.watchable.set(path, `${stats.dev}:${stats.ino}`)
    if (depth < maxDepth) await visitEntries(path, name, depth, walk)
  } else {
    const { dev, ino, size, mtimeNs, ctimeNs } = stats
    walk.lines.push(`${name} ${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`)
  }
}

/** In the order of their names: a folder nobody touched has the same lines each time. */
async function visitEntries(path: string, name: string, depth: number, walk: Walk): Promise<void> {
  let entries: Dirent[]
  try {
    entries = (await readEntries(path, { withFileTypes: true })).filter(isWanted).sort(byName)
  } catch (error) {
    walk.lines.push(`${name} ${reasonOf(error)}`)
    return
  }
  for (let start = 0; start < entries.length; start += statsAtOnce) {
    const batch = entries.slice(start, start + statsAtOnce)
    walk.entries += batch.length
    if (walk.entries > maxEntries) return
    const found = await Promise.all(batch.map((entry) => statusOf(join(path, entry.name))))
    for (const [at, entry] of batch.entries()) {
      const child = join(path, entry.name)
      // An edit of the file behind a link is an event in that file's folder, not in this one.
      if (entry.isSymbolicLink()) await noteTarget(child, walk)
      await visit(child, `${name}/${entry.name}`, found[at] ?? 'unreadable', depth + 1, walk)
    }
  }
}

/** Or why there is none. */
async function statusOf(path: string): Promise<BigIntStats | string> {
  try {
    return await statOf(path, { bigint: true })
  } catch (error) {
    return reasonOf(error)
  }
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unreadable'
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1
}

function isWanted(entry: Dirent): boolean {
  if (entry.name.startsWith('.')) return false
  return entry.isSymbolicLink() || entry.isDirectory() || isYaml(entry.name)
}

async function noteTarget(link: string, walk: Walk): Promise<void> {
  try {
    await noteWatchable(dirname(await realpath(link)), walk)
  } catch {
    // It leads nowhere, which the visit says.
  }
}

async function noteWatchable(folder: string, walk: Walk): Promise<void> {
  if (walk.watchable.has(folder)) return
  try {
    const stats = await statOf(folder)
    walk.watchable.set(folder, `${stats.dev}:${stats.ino}`)
  } catch {
    // Gone meanwhile: nothing to watch.
  }
}

function isYaml(name: string): boolean {
  return name.endsWith('.yaml') || name.endsWith('.yml')
}
