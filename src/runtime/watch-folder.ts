import { watch, type FSWatcher } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isYaml } from '../policy/walk-folder.ts'
import { readFolderSignature, type FolderSignature } from './folder-signature.ts'
import { isGitBusy } from './git-lock.ts'

/** Gathers the burst of events that one saved file makes. */
const hintDelayMs = 20
/** A folder restless for longer is judged by what its files say instead of by their times. */
const restlessAfterMs = 2_000
/** Polling takes at most this share of the time, however large the folder. */
const pollShare = 20

export interface FolderWatchOptions<Content> {
  readonly dir: string
  readonly settleMs: number
  readonly pollMs: number
  /** Reads what has been seen of the folder, all of it anew where `isFresh`; must not throw. */
  read(isFresh: boolean, seen: FolderSignature): Promise<Content>
  isSame(left: Content, right: Content): boolean
  /** Given each content that stood still while it was read, one at a time, never concurrently. */
  apply(content: Content): Promise<void>
  /** The folder does not stand still, so nothing was applied; said once an episode. */
  onRestless(): void
}

/**
 * Notices that a folder has changed and hands over what it holds once it stands still. Events of
 * the file system are only a hint to look: what counts is the signature, so lost events, events for
 * nothing, replaced folders and file systems without events all end in the same place.
 */
export class FolderWatch<Content> {
  readonly #options: FolderWatchOptions<Content>
  readonly #root: string
  readonly #watchers = new Map<string, { readonly inode: string; readonly watcher: FSWatcher }>()
  readonly #closing = new AbortController()
  #applied: string
  #running: Promise<void> | null = null
  #isWanted = false
  #isForced = false
  #restlessSinceMs: number | null = null
  #isRestlessSaid = false
  #timer: NodeJS.Timeout | null = null

  /** `signature` is that of the content already in use. */
  constructor(options: FolderWatchOptions<Content>, signature: FolderSignature) {
    this.#options = options
    this.#root = resolve(options.dir)
    this.#applied = signature.text
    this.#watch(signature.watchable)
    // Soon, for what changed between the signature and now.
    this.#schedule(hintDelayMs)
  }

  /** Looks now, and applies even what has not changed. */
  async reload(): Promise<void> {
    this.#isForced = true
    await this.#look()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    for (const folder of this.#watchers.keys()) this.#unwatch(folder)
    await this.#running
  }

  #hint(): void {
    // Set once a burst: a timer that each event put off would never fire in a busy folder.
    if (this.#isWanted) return
    this.#isWanted = true
    if (this.#running === null) this.#schedule(hintDelayMs)
  }

  #schedule(delayMs: number): void {
    if (this.#closing.signal.aborted) return
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#look(), delayMs)
    this.#timer.unref()
  }

  #look(): Promise<void> {
    this.#isWanted = true
    if (this.#closing.signal.aborted) return Promise.resolve()
    this.#running ??= this.#run()
    return this.#running
  }

  async #run(): Promise<void> {
    let tookMs = 0
    while (this.#isWanted && !this.#closing.signal.aborted) {
      this.#isWanted = false
      const startedAtMs = performance.now()
      const isForced = this.#isForced
      this.#isForced = false
      const signature = await this.#sign()
      tookMs = performance.now() - startedAtMs
      if (isForced || signature.text !== this.#applied) await this.#take(signature, isForced)
      if (this.#isWanted) await this.#pause(hintDelayMs)
    }
    this.#running = null
    this.#schedule(Math.max(this.#options.pollMs, tookMs * pollShare))
  }

  /** Reads between two equal signatures, so that the content is one moment's. */
  async #take(first: FolderSignature, isFresh: boolean): Promise<void> {
    let before = first
    this.#restlessSinceMs ??= performance.now()
    for (;;) {
      await this.#pause(this.#options.settleMs)
      if (this.#closing.signal.aborted) return
      const isBusy = await isGitBusy(this.#root, Date.now())
      // Read a while after the first signature, a change that it missed is in the content, and one
      // that the content misses has a later time.
      const content = isBusy ? null : await this.#options.read(isFresh, before)
      const after = await this.#sign()
      if (content !== null && after.text === before.text) return this.#apply(content, after)
      before = after
      if (performance.now() - this.#restlessSinceMs > restlessAfterMs) {
        return this.#takeRestless()
      }
    }
  }

  /** Something keeps touching files without changing them: two equal readings settle it. */
  async #takeRestless(): Promise<void> {
    const first = await this.#options.read(true, await this.#sign())
    await this.#pause(this.#options.settleMs)
    const signature = await this.#sign()
    const second = await this.#options.read(true, signature)
    if (this.#options.isSame(first, second)) return this.#apply(second, signature)
    if (!this.#isRestlessSaid) this.#options.onRestless()
    this.#isRestlessSaid = true
    this.#isWanted = true
  }

  async #apply(content: Content, signature: FolderSignature): Promise<void> {
    if (this.#closing.signal.aborted) return
    this.#restlessSinceMs = null
    this.#isRestlessSaid = false
    this.#applied = signature.text
    await this.#options.apply(content)
  }

  async #sign(): Promise<FolderSignature> {
    const signature = await readFolderSignature(this.#root)
    this.#watch(signature.watchable)
    return signature
  }

  #pause(delayMs: number): Promise<void> {
    return sleep(delayMs, undefined, { signal: this.#closing.signal }).catch(() => undefined)
  }

  #watch(folders: ReadonlyMap<string, string>): void {
    if (this.#closing.signal.aborted) return
    for (const [folder, { inode }] of this.#watchers) {
      if (folders.get(folder) !== inode) this.#unwatch(folder)
    }
    for (const [folder, inode] of folders) {
      if (!this.#watchers.has(folder)) this.#watchOne(folder, inode)
    }
  }

  #watchOne(folder: string, inode: string): void {
    // In the folder above, only the policy folder itself matters: its neighbours may be busy.
    const only = folder === dirname(this.#root) ? basename(this.#root) : null
    try {
      const watcher = watch(folder, { persistent: false }, (event, name) => {
        if (only === null ? mayMatter(event, name) : name === null || name === only) this.#hint()
      })
      watcher.on('error', () => this.#unwatch(folder))
      this.#watchers.set(folder, { inode, watcher })
    } catch {
      // No events, for want of inotify watches or because the folder is gone: polling goes on.
    }
  }

  #unwatch(folder: string): void {
    this.#watchers.get(folder)?.watcher.close()
    this.#watchers.delete(folder)
  }
}

/**
 * Whether an event in a folder of policies is worth a look. A log that lies among them is written to
 * all the time; who edits a file of such a name behind a link is noticed by polling.
 */
export function mayMatter(event: string, name: string | null): boolean {
  return event !== 'change' || name === null || !name.includes('.') || isYaml(name)
}
