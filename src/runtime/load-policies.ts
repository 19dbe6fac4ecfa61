import type { PolicySet } from '../decide/policy-set.ts'
import { Fault } from '../model/fault.ts'
import { runAtOnce, type Steps } from '../model/steps.ts'
import { compileInSteps } from '../policy/compile.ts'
import type { CompilerMemory } from '../policy/compiler-memory.ts'
import { type PolicySource, readPolicyFolder } from '../policy/load.ts'
import type { FolderEntry } from '../policy/walk-folder.ts'
import type { RouteTable } from '../route/route-table.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { countDiagnostics } from '../source/render.ts'
import { UnusablePolicies } from './unusable-policies.ts'

export interface CompiledPolicies {
  readonly kind: 'compiled'
  readonly policies: PolicySet
  readonly routes: RouteTable
  readonly warnings: readonly Diagnostic[]
}

/** Nothing to decide with; `reason` is one sentence for readiness and the log. */
export interface RejectedPolicies {
  readonly kind: 'rejected'
  readonly reason: string
  readonly diagnostics: readonly Diagnostic[]
}

/** What is in the folder, or why that cannot be said. */
export type FolderContent = readonly PolicySource[] | Fault

/**
 * For a start, which has no last good set to go on with: throws `UnusablePolicies`. What is left in
 * the memory speeds up the first change.
 */
export async function loadPolicies(
  dir: string,
  memory?: CompilerMemory,
  entries?: readonly FolderEntry[],
): Promise<CompiledPolicies> {
  const content = await readFolderContent(dir, entries)
  const compiled = runAtOnce(compileContent(content, memory))
  if (compiled.kind === 'compiled') return compiled
  throw describeUnusable(dir, content, compiled)
}

export function describeUnusable(
  dir: string,
  content: FolderContent,
  { reason, diagnostics }: Omit<RejectedPolicies, 'kind'>,
): UnusablePolicies {
  const texts =
    content instanceof Fault ? [] : content.map(({ path, text }) => [path, text] as const)
  const message = `the policies in "${dir}" cannot be used: ${reason}`
  return new UnusablePolicies(message, diagnostics, new Map(texts))
}

/** What there is to compile, or why there is nothing. */
export function sourcesOf(content: FolderContent): readonly PolicySource[] | RejectedPolicies {
  if (content instanceof Fault) return rejected(content.message, [])
  // An empty folder is a mount that went missing far more often than a wish to deny everything.
  return content.length === 0 ? rejected('the folder holds no policy file', []) : content
}

export async function readFolderContent(
  dir: string,
  entries?: readonly FolderEntry[],
): Promise<FolderContent> {
  try {
    return await readPolicyFolder(dir, entries)
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

export function isSameContent(left: FolderContent, right: FolderContent): boolean {
  if (left instanceof Fault || right instanceof Fault) return false
  if (left.length !== right.length) return false
  return left.every(({ path, text }, index) => {
    const other = right[index]
    return other?.path === path && other.text === text
  })
}

/** Builds a whole set off to the side; whatever is wrong with it, nothing that decides changes. */
export function* compileContent(
  content: FolderContent,
  memory?: CompilerMemory,
): Steps<CompiledPolicies | RejectedPolicies> {
  const sources = sourcesOf(content)
  if ('kind' in sources) return sources
  const { diagnostics, policies, routes } = yield* compileInSteps(sources, memory)
  if (policies === null || routes === null) {
    return rejected(countDiagnostics(diagnostics), diagnostics)
  }
  return { kind: 'compiled', policies, routes, warnings: diagnostics }
}

function rejected(reason: string, diagnostics: readonly Diagnostic[]): RejectedPolicies {
  return { kind: 'rejected', reason, diagnostics }
}
