import { stat } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type FolderEntry, walkFolder } from '../policy/walk-folder.ts'

const statOf = promisify(stat)

/** What a folder looks like from outside, taken without reading a file. */
export interface FolderSignature {
  /** Two equal texts: same files, same sizes, same inodes, same change times. */
  readonly text: string
  /** Folders in which an event can mean a change of `text`, each with what tells it from another. */
  readonly watchable: ReadonlyMap<string, string>
  /** What the text is made of. */
  readonly entries: readonly FolderEntry[]
}

/**
 * Follows symbolic links, as reading does: a link that points elsewhere than before changes the
 * signature. The change time is part of it because, unlike the modification time, it cannot be set
 * back by whoever copies a file into place.
 */
export async function readFolderSignature(dir: string): Promise<FolderSignature> {
  const root = resolve(dir)
  const watchable = new Map<string, string>()
  await noteWatchable(dirname(root), watchable)
  const entries = await walkFolder(root)
  const lines: string[] = []
  for (const { isLink, kind, mark, path } of entries) {
    lines.push(`${path}${kind === 'folder' ? '/' : ''} ${mark}`)
    const place = join(root, path)
    if (kind === 'folder') watchable.set(place, mark)
    // An edit of the file behind a link is an event in that file's folder, not in this one.
    if (isLink) await noteTarget(place, watchable)
  }
  return { text: lines.join('\n'), watchable, entries }
}

async function noteTarget(link: string, watchable: Map<string, string>): Promise<void> {
  try {
    await noteWatchable(dirname(await realpath(link)), watchable)
  } catch {
    // It leads nowhere, which its entry says.
  }
}

async function noteWatchable(folder: string, watchable: Map<string, string>): Promise<void> {
  if (watchable.has(folder)) return
  try {
    const stats = await statOf(folder)
    watchable.set(folder, `${stats.dev}:${stats.ino}`)
  } catch {
    // Gone meanwhile: nothing to watch.
  }
}
