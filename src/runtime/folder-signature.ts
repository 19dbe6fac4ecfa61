import { readdir, realpath, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

// More than any policy folder holds: a signature never walks a disk that was named by mistake.
const maxDepth = 32
const maxEntries = 20_000

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
  await visit(root, '', 0, walk)
  return { text: walk.lines.join('\n'), watchable: walk.watchable }
}

async function visit(path: string, name: string, depth: number, walk: Walk): Promise<void> {
  try {
    const stats = await stat(path, { bigint: true })
    if (!stats.isDirectory()) {
      const { dev, ino, size, mtimeNs, ctimeNs } = stats
      walk.lines.push(`${name} ${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`)
      return
    }
    walk.lines.push(`${name}/ ${stats.dev} ${stats.ino}`)
    walk.watchable.set(path, `${stats.dev}:${stats.ino}`)
    if (depth >= maxDepth) return
    const entries = await readdir(path, { withFileTypes: true })
    entries.sort((left, right) => (left.name < right.name ? -1 : 1))
    for (const entry of entries) {
      const isLink = entry.isSymbolicLink()
      if (entry.name.startsWith('.')) continue
      if (!isLink && !entry.isDirectory() && !isYaml(entry.name)) continue
      walk.entries += 1
      if (walk.entries > maxEntries) return
      const child = join(path, entry.name)
      // An edit of the file behind a link is an event in that file's folder, not in this one.
      if (isLink) await noteWatchable(dirname(await realpath(child)), walk)
      await visit(child, `${name}/${entry.name}`, depth + 1, walk)
    }
  } catch (error) {
    walk.lines.push(`${name} ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`)
  }
}

async function noteWatchable(folder: string, walk: Walk): Promise<void> {
  if (walk.watchable.has(folder)) return
  try {
    const stats = await stat(folder)
    walk.watchable.set(folder, `${stats.dev}:${stats.ino}`)
  } catch {
    // Gone meanwhile: nothing to watch.
  }
}

function isYaml(name: string): boolean {
  return name.endsWith('.yaml') || name.endsWith('.yml')
}
