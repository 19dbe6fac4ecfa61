import { readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

const maxAncestors = 32
/** A lock older than this was left behind by a git that died. */
const staleAfterMs = 10_000

/**
 * Whether git is in the middle of changing the working tree that holds `dir`: it keeps `index.lock`
 * from before the first file of a checkout to after the last, so a set read meanwhile would be half
 * of one revision and half of another.
 */
export async function isGitBusy(dir: string, nowMs: number): Promise<boolean> {
  const gitDir = await findGitDir(resolve(dir))
  if (gitDir === null) return false
  try {
    const { mtimeMs } = await stat(join(gitDir, 'index.lock'))
    return nowMs - mtimeMs < staleAfterMs
  } catch {
    return false
  }
}

async function findGitDir(start: string): Promise<string | null> {
  let dir = start
  for (let level = 0; level < maxAncestors; level += 1) {
    const candidate = join(dir, '.git')
    try {
      const stats = await stat(candidate)
      return stats.isDirectory() ? candidate : await readGitFile(candidate)
    } catch {
      const parent = dirname(dir)
      if (parent === dir) return null
      dir = parent
    }
  }
  return null
}

/** In a linked worktree and in a submodule, `.git` is a file: `gitdir: PATH`. */
async function readGitFile(path: string): Promise<string | null> {
  const prefix = 'gitdir: '
  const text = await readFile(path, 'utf8')
  if (!text.startsWith(prefix)) return null
  return resolve(dirname(path), text.slice(prefix.length).trim())
}
