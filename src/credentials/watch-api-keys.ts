import { ApiKeys, type ApiKeySource, type ApiKeySpec } from '../authenticate/api-keys.ts'
import { FileProblem, WatchedFiles } from '../certificates/watched-files.ts'
import { Fault } from '../model/fault.ts'
import type { Clock } from '../model/clock.ts'
import type { Log } from '../telemetry/log.ts'
import { readApiKeys } from './read-api-keys.ts'

export interface ApiKeyFileParts {
  /** Null: there is none, and nothing is watched. */
  readonly file: string | null
  readonly log: Log
  readonly clock: Clock
  /** How often the file is looked at; default: every second. */
  readonly pollMs?: number
  /** The file holds something new, and it is good. */
  readonly renewed?: (specs: readonly ApiKeySpec[]) => void
}

export interface ApiKeyFile extends ApiKeySource {
  readonly specs: readonly ApiKeySpec[]
  /** A change that could not be used: what was there before goes on. */
  readonly rejected: { readonly atMs: number; readonly reason: string } | null
  reload(): Promise<void>
  close(): Promise<void>
}

/** A key that expires within this time is worth a line when the file is read. */
const soonMs = 14 * 24 * 3_600_000

/** Throws a Fault (`ERR_READ`) that names the place when the file cannot be used at the start. */
export async function watchApiKeys(parts: ApiKeyFileParts): Promise<ApiKeyFile> {
  const { file, log, clock, pollMs, renewed } = parts
  let current = new ApiKeys([])
  let specs: readonly ApiKeySpec[] = []
  let rejected: ApiKeyFile['rejected'] = null
  const take = (next: readonly ApiKeySpec[]): void => {
    specs = next
    current = new ApiKeys(next)
    rejected = null
    const soon = next.filter(({ expiresAtMs }) => isSoon(expiresAtMs, clock.nowMs()))
    for (const { id, subjectId, expiresAtMs } of soon.slice(0, maxLines)) {
      const expires = new Date(expiresAtMs ?? 0).toISOString()
      log.warn({ key: id, subject: subjectId, expires }, 'An API key ends soon')
    }
  }
  const watched = new WatchedFiles<readonly ApiKeySpec[]>({
    files: file === null ? [] : [file],
    pollMs,
    build: (texts) => (file === null ? [] : build(file, texts.get(file) ?? '')),
    accept: (next) => {
      take(next)
      renewed?.(next)
      log.info({ file, keys: next.length }, 'API keys read again')
    },
    reject: ({ message }) => {
      rejected = { atMs: clock.nowMs(), reason: `${file} ${message}` }
      const reason = `it ${message}`
      log.error({ file, reason }, 'Changed API keys rejected: the last good ones go on')
    },
  })
  const started = await watched.start()
  if (started instanceof FileProblem) {
    throw new Fault('ERR_READ', `Cannot use "${started.file}": it ${started.message}`)
  }
  take(started)
  return {
    get current() {
      return current
    },
    get specs() {
      return specs
    },
    get rejected() {
      return rejected
    },
    reload: () => watched.reload(),
    close: () => watched.close(),
  }
}

const maxLines = 20

function isSoon(expiresAtMs: number | null, nowMs: number): boolean {
  return expiresAtMs !== null && expiresAtMs > nowMs && expiresAtMs - nowMs < soonMs
}

function build(file: string, text: string): readonly ApiKeySpec[] | FileProblem {
  const { keys, diagnostics } = readApiKeys(file, text)
  const [first] = diagnostics
  if (first === undefined) return keys
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : ''
  return new FileProblem(file, `is wrong at ${first.line}:${first.column}: ${first.message}${more}`)
}
