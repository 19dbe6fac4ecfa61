import type { SnapshotHolder } from '../gateway/snapshot.ts'
import type { CompilerMemory } from '../policy/compiler-memory.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { compileContent, type FolderContent, type RejectedPolicies } from './load-policies.ts'
import { runInSlices } from './slices.ts'

export interface LiveSet {
  readonly generation: number
  readonly digest: string
  readonly ruleCount: number
}

/** A set that could decide from now on. It does so when swapped in, and is forgotten otherwise. */
export interface BuiltPolicies {
  readonly kind: 'built'
  readonly digest: string
  readonly ruleCount: number
  readonly warnings: readonly Diagnostic[]
  /** Settles with its generation, the next one unless told, once it decides. */
  swap(generation?: number): Promise<number>
  discard(): void
}

/** The set that decides, wherever it does, and how the next one takes its place. */
export interface LivePolicies {
  readonly current: LiveSet
  /** Builds off to the side; rejects when aborted. */
  build(content: FolderContent, signal: AbortSignal): Promise<BuiltPolicies | RejectedPolicies>
}

/** The set of this process. `retire` is called with what is about to be replaced. */
export function livePoliciesOf(
  holder: SnapshotHolder,
  memory: CompilerMemory,
  retire: () => void,
): LivePolicies {
  return {
    get current() {
      const { generation, policies } = holder.current
      return { generation, digest: policies.digest, ruleCount: policies.ruleCount }
    },
    async build(content, signal) {
      const compiled = await runInSlices(compileContent(content, memory), signal)
      if (compiled.kind === 'rejected') return compiled
      const { policies, routes, warnings } = compiled
      return {
        kind: 'built',
        digest: policies.digest,
        ruleCount: policies.ruleCount,
        warnings,
        swap: (generation) => {
          retire()
          return Promise.resolve(holder.swap(policies, routes, generation).generation)
        },
        discard: () => {},
      }
    },
  }
}
