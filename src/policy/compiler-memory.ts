import { hash } from 'node:crypto'
import type { Diagnostic } from '../source/diagnostic.ts'
import { Findings } from '../source/findings.ts'
import { type FileShape, shapeOf } from './file-shape.ts'
import type { PolicySource } from './load.ts'
import { type ReadFile, readPolicyFile } from './read-file.ts'
import type { CompiledResource } from './resources.ts'
import type { Surroundings } from './surroundings.ts'
import type { AclEntrySyntax } from './syntax.ts'

/** Beyond this much text of files that are no resource policies, their syntax is not kept. */
const MAX_KEPT_CHARACTERS = 1_048_576

interface KeptFile {
  readonly text: string
  readonly found: readonly Diagnostic[]
  readonly read: ReadFile | null
}

/** What became of a resource policy, and all that it depended upon. */
export interface KeptResource {
  readonly text: string
  readonly surroundings: Surroundings
  /** The entries of lists about it. */
  readonly listed: readonly AclEntrySyntax[]
  readonly name: string
  readonly location: string
  readonly isRouted: boolean
  readonly compiled: CompiledResource
  readonly found: readonly Diagnostic[]
  readonly warned: readonly Diagnostic[]
}

interface Kept {
  readonly files: Map<string, KeptFile>
  readonly resources: Map<string, KeptResource>
  readonly hashes: Map<string, { readonly text: string; readonly hash: string }>
  readonly shapes: Map<string, { readonly text: string; readonly shape: FileShape }>
  surroundings: {
    readonly parts: Parts
    readonly compiled: Surroundings
    readonly found: readonly Diagnostic[]
  } | null
  characters: number
}

/** What surroundings are made of, list by list. */
type Parts = readonly (readonly unknown[])[]

/**
 * What one compilation of a folder leaves for the next, file by file, so that an edit costs what it
 * changes. INVARIANT: what is taken over is what compiling anew would give, findings included; a
 * part is kept together with everything it depends upon, and compared by text and identity.
 */
export class CompilerMemory {
  #before: Kept = nothingKept()
  #now: Kept = nothingKept()

  /** Of one compilation; one that is given up leaves things as they were. */
  begin(): void {
    this.#now = nothingKept()
  }

  finish(): void {
    this.#before = this.#now
    this.#now = nothingKept()
  }

  /** Reads a file that is no resource policy. */
  read(source: PolicySource, findings: Findings): ReadFile | null {
    const { path, text } = source
    const before = this.#before.files.get(path)
    let kept = before?.text === text ? before : null
    if (kept === null) {
      const found = new Findings()
      const read = readPolicyFile(source, found)
      kept = { text, found: found.all, read }
    }
    findings.add(kept.found)
    if (this.#now.characters + text.length <= MAX_KEPT_CHARACTERS) {
      this.#now.characters += text.length
      this.#now.files.set(path, kept)
    }
    return kept.read
  }

  surroundings(
    parts: Parts,
    compile: (findings: Findings) => Surroundings,
    findings: Findings,
  ): Surroundings {
    const before = this.#before.surroundings
    let kept = before !== null && isSame(before.parts, parts) ? before : null
    if (kept === null) {
      const found = new Findings()
      kept = { parts, compiled: compile(found), found: found.all }
    }
    findings.add(kept.found)
    this.#now.surroundings = kept
    return kept.compiled
  }

  resource({ path, text }: PolicySource, surroundings: Surroundings): KeptResource | null {
    const kept = this.#before.resources.get(path)
    return kept?.text === text && kept.surroundings === surroundings ? kept : null
  }

  keepResource(path: string, kept: KeptResource): void {
    this.#now.resources.set(path, kept)
  }

  shapeOf({ path, text }: PolicySource): FileShape {
    const before = this.#before.shapes.get(path)
    const kept = before?.text === text ? before : { text, shape: shapeOf(text) }
    this.#now.shapes.set(path, kept)
    return kept.shape
  }

  hashOf({ path, text }: PolicySource): string {
    const before = this.#before.hashes.get(path)
    const kept = before?.text === text ? before : { text, hash: hash('sha256', text) }
    this.#now.hashes.set(path, kept)
    return kept.hash
  }
}

function nothingKept(): Kept {
  return {
    files: new Map(),
    resources: new Map(),
    hashes: new Map(),
    shapes: new Map(),
    surroundings: null,
    characters: 0,
  }
}

export function isSameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false
  for (let at = 0; at < left.length; at += 1) if (left[at] !== right[at]) return false
  return true
}

function isSame(left: Parts, right: Parts): boolean {
  return left.length === right.length && left.every((list, at) => isSameList(list, right[at] ?? []))
}
