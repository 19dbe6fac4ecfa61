import type { Stats } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Fault } from '../model/fault.ts'
import { compareText } from '../source/diagnostic.ts'

/** One file of a policy folder. */
export interface PolicySource {
  /** Relative to the folder, with `/` on every system. */
  readonly path: string
  readonly text: string
}

const MAX_FILES = 50_000
const MAX_TOTAL_BYTES = 268_435_456
const MAX_DEPTH = 16
const MAX_ATTEMPTS = 5
const RETRY_AFTER_MS = 20
const READS_AT_ONCE = 32

/** Policy files: `*.yaml` and `*.yml` in the folder and below, tests and dot-files left out. */
export function readPolicyFolder(dir: string): Promise<readonly PolicySource[]> {
  return readFolder(dir, isPolicyFile)
}

/** Test suites: `*.test.yaml` and `*.test.yml`. */
export function readTestFolder(dir: string): Promise<readonly PolicySource[]> {
  return readFolder(dir, isTestFile)
}

function isPolicyFile(name: string): boolean {
  return /\.ya?ml$/u.test(name) && !isTestFile(name)
}

export function isTestFile(name: string): boolean {
  return /\.test\.ya?ml$/u.test(name)
}

interface Found {
  readonly path: string
  /** Changes when the file does. */
  readonly mark: string
}

const missing = 'missing'

/** All files as they stood at one moment: a folder that changes while it is read is read again. */
async function readFolder(
  dir: string,
  isWanted: (name: string) => boolean,
): Promise<readonly PolicySource[]> {
  let dangling: string | undefined
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const before = await list(dir, isWanted)
    const sources = await readAll(dir, before)
    const after = await list(dir, isWanted)
    if (sources !== null && sameFiles(before, after)) return sources
    dangling = after.find((file) => file.mark === missing)?.path
    await delay(RETRY_AFTER_MS)
  }
  // Passing over the file would drop whatever it denies.
  if (dangling !== undefined) {
    throw new Fault('ERR_READ', `"${dir}/${dangling}" is a link to nothing`)
  }
  throw new Fault('ERR_READ', `The policy folder "${dir}" keeps changing while it is read`)
}

async function list(dir: string, isWanted: (name: string) => boolean): Promise<readonly Found[]> {
  const found: Found[] = []
  let bytes = 0
  const visit = async (folder: string, depth: number): Promise<void> => {
    for (const name of await namesIn(join(dir, folder))) {
      // Kubernetes swaps a mounted ConfigMap by the symlink ..data, through which the visible names
      // lead: hidden names are skipped, or each policy would be found twice.
      if (name.startsWith('.')) continue
      const path = folder === '' ? name : `${folder}/${name}`
      const status = await statusOf(join(dir, path))
      if (status === null) {
        if (isWanted(name)) found.push({ path, mark: missing })
      } else if (status.isDirectory()) {
        if (depth === MAX_DEPTH) {
          throw new Fault('ERR_READ', `"${dir}/${path}" lies deeper than ${MAX_DEPTH} folders`)
        }
        await visit(path, depth + 1)
      } else if (isWanted(name)) {
        if (!status.isFile()) throw new Fault('ERR_READ', `"${dir}/${path}" is not a regular file`)
        bytes += status.size
        found.push({ path, mark: `${status.dev}:${status.ino}:${status.size}:${status.mtimeMs}` })
        if (found.length > MAX_FILES) {
          throw new Fault('ERR_READ', `"${dir}" has more than ${MAX_FILES} policy files`)
        }
        if (bytes > MAX_TOTAL_BYTES) {
          throw new Fault('ERR_READ', `"${dir}" has more than ${MAX_TOTAL_BYTES} bytes of policy`)
        }
      }
    }
  }
  await visit('', 0)
  return found.sort((a, b) => compareText(a.path, b.path))
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (cause) {
    throw new Fault('ERR_READ', `Cannot read the policy folder "${folder}": ${reasonOf(cause)}`, {
      cause,
    })
  }
}

/** Null: gone since it was listed, or a dangling link. */
async function statusOf(path: string): Promise<Stats | null> {
  try {
    return await stat(path)
  } catch (cause) {
    if (reasonOf(cause) === 'ENOENT') return null
    throw new Fault('ERR_READ', `Cannot read "${path}": ${reasonOf(cause)}`, { cause })
  }
}

/** Null: a file went away in between. */
async function readAll(
  dir: string,
  files: readonly Found[],
): Promise<readonly PolicySource[] | null> {
  const sources: PolicySource[] = []
  for (let start = 0; start < files.length; start += READS_AT_ONCE) {
    const batch = files.slice(start, start + READS_AT_ONCE)
    const texts = await Promise.all(batch.map(({ path }) => readText(join(dir, path))))
    for (const [index, text] of texts.entries()) {
      if (text === null) return null
      sources.push({ path: batch[index]?.path ?? '', text })
    }
  }
  return sources
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (reasonOf(cause) === 'ENOENT') return null
    throw new Fault('ERR_READ', `Cannot read "${path}": ${reasonOf(cause)}`, { cause })
  }
}

function sameFiles(before: readonly Found[], after: readonly Found[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ path, mark }, index) => {
      const other = after[index]
      return other?.path === path && other.mark === mark
    })
  )
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  return code ?? String(error)
}
