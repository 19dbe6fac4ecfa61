import { hash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemErrorCode } from '../model/system-error.ts'

/** What the files hold, by path. */
export type FileTexts = ReadonlyMap<string, string>

export interface WatchedFilesOptions<Built> {
  readonly files: readonly string[]
  readonly pollMs?: number | undefined
  /** What the files make together, or what is wrong with them. */
  build(texts: FileTexts): Built | FileProblem
  accept(built: Built): void
  /** The files as they are now cannot be used. Told once until they change again. */
  reject(problem: FileProblem): void
}

/** Why files cannot be used; the message goes on from the name of the file. */
export class FileProblem {
  readonly file: string
  readonly message: string

  constructor(file: string, message: string) {
    this.file = file
    this.message = message
  }
}

/** How often files are looked at, unless told. */
const usualPollMs = 1_000
/** Between two looks that must agree before anything is read. */
const settleMs = 50
/** Whoever replaces certificate and key one after the other has this long. */
const patienceMs = 2_000
const maxFileBytes = 1_048_576

/**
 * Reads a few files again whenever one of them has changed: rewritten, replaced by a rename, or
 * behind a symbolic link that leads elsewhere (as Kubernetes renews mounted secrets). They are looked
 * at, not subscribed to: a change is noticed on every file system within about a second.
 */
export class WatchedFiles<Built> {
  readonly #options: WatchedFilesOptions<Built>
  readonly #closing = new AbortController()
  #seen = ''
  /** Digest of what was last found good. */
  #content = ''
  #isNews = false
  #failingSinceMs: number | null = null
  #isRejected = false
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null

  constructor(options: WatchedFilesOptions<Built>) {
    this.#options = options
  }

  /** Reads for the first time, and watches from then on if all is well. */
  async start(): Promise<Built | FileProblem> {
    this.#seen = await this.#sign()
    const built = await this.#read()
    if (!(built instanceof FileProblem)) this.#schedule()
    return built
  }

  /** Reads now, changed or not, and has no patience. */
  async reload(): Promise<void> {
    await this.#running
    if (this.#options.files.length === 0) return
    this.#seen = ''
    this.#failingSinceMs = Number.NEGATIVE_INFINITY
    await this.#look()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#running
  }

  #schedule(): void {
    if (this.#closing.signal.aborted || this.#options.files.length === 0) return
    this.#timer = setTimeout(() => void this.#look(), this.#options.pollMs ?? usualPollMs)
    this.#timer.unref()
  }

  #look(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#running ??= this.#run().finally(() => {
      this.#running = null
      this.#schedule()
    })
    return this.#running
  }

  async #run(): Promise<void> {
    const first = await this.#sign()
    if (first === this.#seen && (this.#failingSinceMs === null || this.#isRejected)) return
    await sleep(settleMs, undefined, { signal: this.#closing.signal }).catch(() => undefined)
    if (this.#closing.signal.aborted || (await this.#sign()) !== first) return
    const built = await this.#read()
    if ((await this.#sign()) !== first) return
    const wasRejected = this.#isRejected
    if (first !== this.#seen) this.#isRejected = false
    this.#seen = first
    if (!(built instanceof FileProblem)) {
      this.#failingSinceMs = null
      this.#isRejected = false
      if (this.#isNews || wasRejected) this.#options.accept(built)
      return
    }
    this.#failingSinceMs ??= performance.now()
    if (performance.now() - this.#failingSinceMs < patienceMs || this.#isRejected) return
    this.#isRejected = true
    this.#options.reject(built)
  }

  async #read(): Promise<Built | FileProblem> {
    const texts = new Map<string, string>()
    for (const file of this.#options.files) {
      try {
        const { size } = await stat(file)
        if (size > maxFileBytes)
          return new FileProblem(file, `is larger than ${maxFileBytes} bytes`)
        texts.set(file, await readFile(file, 'utf8'))
      } catch (error) {
        return new FileProblem(file, `cannot be read: ${systemErrorCode(error)}`)
      }
    }
    const content = hash('sha256', JSON.stringify([...texts]))
    const built = this.#options.build(texts)
    this.#isNews = content !== this.#content
    if (!(built instanceof FileProblem)) this.#content = content
    return built
  }

  async #sign(): Promise<string> {
    const lines = this.#options.files.map(async (file) => {
      try {
        const { dev, ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true })
        return `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`
      } catch (error) {
        return systemErrorCode(error)
      }
    })
    return (await Promise.all(lines)).join('\n')
  }
}
