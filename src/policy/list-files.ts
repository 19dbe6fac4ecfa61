import { Fault } from '../model/fault.ts'
import { compareText } from '../source/diagnostic.ts'
import { type FolderEntry, MAX_DEPTH } from './walk-folder.ts'

const MAX_FILES = 50_000
const MAX_TOTAL_BYTES = 268_435_456

export interface FoundFile {
  /** Relative to the folder, with `/` on every system. */
  readonly path: string
  /** Changes when the file does. */
  readonly mark: string
  /** Milliseconds since the Unix epoch; null: a link to nothing. */
  readonly changedAtMs: number | null
}

/** Sorted by path. Throws a Fault for what must not be passed over. */
export function listFiles(
  dir: string,
  entries: readonly FolderEntry[],
  isWanted: (name: string) => boolean,
): readonly FoundFile[] {
  const found: FoundFile[] = []
  let bytes = 0
  for (const entry of entries) {
    const { path } = entry
    const file = fileOf(dir, entry, isWanted(path.slice(path.lastIndexOf('/') + 1)))
    if (file === null) continue
    found.push(file)
    if (entry.kind === 'file') bytes += entry.size
    if (found.length > MAX_FILES) {
      throw new Fault('ERR_READ', `"${dir}" has more than ${MAX_FILES} policy files`)
    }
    if (bytes > MAX_TOTAL_BYTES) {
      throw new Fault('ERR_READ', `"${dir}" has more than ${MAX_TOTAL_BYTES} bytes of policy`)
    }
  }
  return found.sort((a, b) => compareText(a.path, b.path))
}

/** Null: it is none, or none that is wanted. */
function fileOf(dir: string, entry: FolderEntry, isWanted: boolean): FoundFile | null {
  const { kind, mark, path } = entry
  switch (kind) {
    case 'folder':
      return null
    case 'too-deep':
      throw new Fault('ERR_READ', `"${dir}/${path}" lies deeper than ${MAX_DEPTH} folders`)
    case 'unlisted':
      throw unreadableFolder(dir, path, entry.reason)
    case 'unreadable':
      if (path === '') throw unreadableFolder(dir, path, entry.reason)
      if (entry.reason !== 'ENOENT') {
        throw new Fault('ERR_READ', `Cannot read "${dir}/${path}": ${entry.reason}`)
      }
      return isWanted ? { path, mark: 'missing', changedAtMs: null } : null
    case 'file':
      // One that was named in place of a folder.
      if (path === '') throw unreadableFolder(dir, path, 'ENOTDIR')
      if (!isWanted) return null
      if (!entry.isRegular) {
        throw new Fault('ERR_READ', `"${dir}/${path}" is not a regular file`)
      }
      return { path, mark, changedAtMs: entry.changedAtMs }
    default:
      return kind satisfies never
  }
}

function unreadableFolder(dir: string, path: string, reason: string): Fault {
  const folder = path === '' ? dir : `${dir}/${path}`
  const explained = explanations.get(reason) ?? reason
  return new Fault('ERR_READ', `Cannot read the policy folder "${folder}": ${explained}`)
}

const explanations: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such folder'],
  ['ENOTDIR', 'it is no folder'],
  ['EACCES', 'the process may not read it (EACCES)'],
])
