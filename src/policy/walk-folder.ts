import { type BigIntStats, type Dirent, readdir, stat } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

// With ten thousand files these take half the time of the promise interface.
const readEntries = promisify(readdir)
const statOf = promisify(stat)

export const MAX_DEPTH = 16
/** A disk named by mistake is not walked to its end. */
const MAX_ENTRIES = 200_000
const STATS_AT_ONCE = 64

/** What lies in a folder, as it looks from outside; `reason` is a code such as ENOENT. */
export type FolderEntry = {
  /** Relative to the folder, with `/` on every system; empty: the folder itself. */
  readonly path: string
  readonly isLink: boolean
} & (
  | { readonly kind: 'folder'; readonly mark: string }
  | { readonly kind: 'too-deep'; readonly mark: string }
  | {
      readonly kind: 'file'
      readonly isRegular: boolean
      readonly size: number
      /** Milliseconds since the Unix epoch. */
      readonly changedAtMs: number
      /** Another one: it has changed. The change time, which nobody can set back, is part of it. */
      readonly mark: string
    }
  | { readonly kind: 'unreadable'; readonly reason: string; readonly mark: string }
  /** Of a folder whose entry comes before: something in it is not among the entries. */
  | { readonly kind: 'unlisted'; readonly reason: string; readonly mark: string }
)

interface Walk {
  readonly dir: string
  readonly entries: FolderEntry[]
  readonly maxEntries: number
  count: number
}

/**
 * Every folder and YAML file in a folder and below, dot-files left out, in the order of their names.
 * Follows symbolic links. Never throws: what is wrong is an entry.
 */
export async function walkFolder(
  dir: string,
  maxEntries = MAX_ENTRIES,
): Promise<readonly FolderEntry[]> {
  const walk: Walk = { dir, entries: [], maxEntries, count: 0 }
  await visit('', false, await statusOf(dir), 0, walk)
  return walk.entries
}

/** Whether a file of this name is read as a policy. */
export function isYaml(name: string): boolean {
  return name.endsWith('.yaml') || name.endsWith('.yml')
}

async function visit(
  path: string,
  isLink: boolean,
  status: BigIntStats | string,
  depth: number,
  walk: Walk,
): Promise<void> {
  const { entries } = walk
  if (typeof status === 'string') {
    entries.push({ path, isLink, kind: 'unreadable', reason: status, mark: status })
  } else if (status.isDirectory()) {
    const isTooDeep = depth > MAX_DEPTH
    const mark = `${status.dev}:${status.ino}`
    entries.push({ path, isLink, kind: isTooDeep ? 'too-deep' : 'folder', mark })
    if (!isTooDeep) await visitEntries(path, depth, walk)
  } else {
    const { ctimeNs, dev, ino, mtimeNs, size } = status
    const mark = `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`
    const changedAtMs = Number(ctimeNs > mtimeNs ? ctimeNs : mtimeNs) / 1e6
    const isRegular = status.isFile()
    entries.push({ path, isLink, kind: 'file', isRegular, size: Number(size), changedAtMs, mark })
  }
}

async function visitEntries(folder: string, depth: number, walk: Walk): Promise<void> {
  let listed: Dirent[]
  try {
    listed = await readEntries(join(walk.dir, folder), { withFileTypes: true })
  } catch (error) {
    return noteUnlisted(folder, reasonOf(error), walk)
  }
  const wanted = listed.filter(mayMatter).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (let start = 0; start < wanted.length; start += STATS_AT_ONCE) {
    const batch = wanted.slice(start, start + STATS_AT_ONCE)
    walk.count += batch.length
    if (walk.count > walk.maxEntries) {
      return noteUnlisted(folder, `more than ${walk.maxEntries} entries`, walk)
    }
    const paths = batch.map(({ name }) => (folder === '' ? name : `${folder}/${name}`))
    const found = await Promise.all(paths.map((path) => statusOf(join(walk.dir, path))))
    for (const [at, entry] of batch.entries()) {
      const isLink = entry.isSymbolicLink()
      await visit(paths[at] ?? '', isLink, found[at] ?? 'ENOENT', depth + 1, walk)
    }
  }
}

function noteUnlisted(path: string, reason: string, { entries }: Walk): void {
  entries.push({ path, isLink: false, kind: 'unlisted', reason, mark: reason })
}

/** Kubernetes swaps a mounted ConfigMap by the symlink ..data, through which the visible names lead:
 * hidden names are skipped, or each policy would be found twice. */
function mayMatter(entry: Dirent): boolean {
  if (entry.name.startsWith('.')) return false
  return entry.isSymbolicLink() || entry.isDirectory() || isYaml(entry.name)
}

/** Or why there is none. */
async function statusOf(path: string): Promise<BigIntStats | string> {
  try {
    return await statOf(path, { bigint: true })
  } catch (error) {
    return reasonOf(error)
  }
}

export function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  return code ?? String(error)
}
