import { readFile } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Fault } from '../model/fault.ts'
import { type FoundFile, listFiles } from './list-files.ts'
import { type FolderEntry, reasonOf, walkFolder } from './walk-folder.ts'

const readText = promisify(readFile)

/** One file of a policy folder. */
export interface PolicySource {
  /** Relative to the folder, with `/` on every system. */
  readonly path: string
  readonly text: string
}

const MAX_ATTEMPTS = 5
const RETRY_AFTER_MS = 20
const READS_AT_ONCE = 32
/** File systems tell times as coarsely as this: a file changed later may change again unnoticed. */
const COARSEST_TIME_MS = 2_500

/**
 * Policy files: `*.yaml` and `*.yml` in the folder and below, tests and dot-files left out. Whoever
 * has just walked the folder hands over what it found.
 */
export function readPolicyFolder(
  dir: string,
  entries?: readonly FolderEntry[],
): Promise<readonly PolicySource[]> {
  return readFolder(dir, isPolicyFile, entries)
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

/** All files as they stood at one moment: a folder that changes while it is read is read again. */
async function readFolder(
  dir: string,
  isWanted: (name: string) => boolean,
  entries?: readonly FolderEntry[],
): Promise<readonly PolicySource[]> {
  let dangling: string | undefined
  let found = entries ?? (await walkFolder(dir))
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const before = listFiles(dir, found, isWanted)
    const sources = await readAll(dir, before, () => undefined)
    found = await walkFolder(dir)
    const after = listFiles(dir, found, isWanted)
    if (sources !== null && sameFiles(before, after)) return sources
    dangling = danglingIn(after)
    await delay(RETRY_AFTER_MS)
    found = await walkFolder(dir)
  }
  refuseDangling(dir, dangling)
  throw new Fault('ERR_READ', `The policy folder "${dir}" keeps changing while it is read`)
}

/** Passing over the file would drop whatever it denies. */
function refuseDangling(dir: string, path: string | undefined): void {
  if (path === undefined) return
  throw new Fault('ERR_READ', `"${dir}/${path}" is a link to nothing`)
}

function danglingIn(files: readonly FoundFile[]): string | undefined {
  return files.find((file) => file.changedAtMs === null)?.path
}

interface KeptText {
  readonly mark: string
  readonly text: string
}

/**
 * Reads a policy folder again and again, each time only the files that have changed. Whoever calls
 * sees to it that the folder stands still meanwhile.
 */
export class PolicyFolderReader {
  readonly #dir: string
  #kept: ReadonlyMap<string, KeptText> = new Map()

  constructor(dir: string) {
    this.#dir = dir
  }

  /**
   * The files that a walk has found. `isFresh`: every one is read, whatever is known of it. What has
   * changed since the walk may be in the texts or not: whoever calls looks again afterwards.
   */
  async read(
    isFresh: boolean,
    nowMs: number,
    entries: readonly FolderEntry[],
  ): Promise<readonly PolicySource[]> {
    const files = listFiles(this.#dir, entries, isPolicyFile)
    refuseDangling(this.#dir, danglingIn(files))
    const sources = await readAll(this.#dir, files, ({ mark, path }) => {
      const kept = isFresh ? undefined : this.#kept.get(path)
      return kept?.mark === mark ? kept.text : undefined
    })
    if (sources === null) {
      throw new Fault(
        'ERR_READ',
        `The policy folder "${this.#dir}" keeps changing while it is read`,
      )
    }
    const kept = new Map<string, KeptText>()
    for (const [at, { changedAtMs, mark, path }] of files.entries()) {
      const text = sources[at]?.text
      if (text === undefined || changedAtMs === null) continue
      if (changedAtMs < nowMs - COARSEST_TIME_MS) kept.set(path, { mark, text })
    }
    this.#kept = kept
    return sources
  }
}

/** Null: a file went away in between. */
async function readAll(
  dir: string,
  files: readonly FoundFile[],
  known: (file: FoundFile) => string | undefined,
): Promise<readonly PolicySource[] | null> {
  const sources: PolicySource[] = []
  let isComplete = true
  const readOne = async (at: number, file: FoundFile): Promise<void> => {
    const text = await readFileText(join(dir, file.path))
    if (text === null) isComplete = false
    else sources[at] = { path: file.path, text }
  }
  let batch: Promise<void>[] = []
  for (const [at, file] of files.entries()) {
    const text = known(file)
    if (text === undefined) batch.push(readOne(at, file))
    else sources[at] = { path: file.path, text }
    if (batch.length < READS_AT_ONCE && at < files.length - 1) continue
    await Promise.all(batch)
    batch = []
    if (!isComplete) return null
  }
  return sources
}

async function readFileText(path: string): Promise<string | null> {
  try {
    return await readText(path, 'utf8')
  } catch (cause) {
    if (reasonOf(cause) === 'ENOENT') return null
    throw new Fault('ERR_READ', `Cannot read "${path}": ${reasonOf(cause)}`, { cause })
  }
}

function sameFiles(before: readonly FoundFile[], after: readonly FoundFile[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ path, mark }, index) => {
      const other = after[index]
      return other?.path === path && other.mark === mark
    })
  )
}
