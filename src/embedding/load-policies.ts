import { compilePolicies as compile } from '../policy/compile.ts'
import { type PolicySource, readPolicyFolder } from '../policy/load.ts'
import { type Diagnostic, hasErrors } from '../source/diagnostic.ts'
import { describePlace } from '../source/render.ts'
import { Policies, type PoliciesOptions } from './policies.ts'

/** Policies that do not compile: nothing of them takes effect. */
export class PolicyError extends Error {
  /** Every finding, sorted by place; warnings too. */
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const [first] = errors
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
    super(
      first === undefined ? 'no policy file' : `${describePlace(first)}: ${first.message}${more}`,
    )
    this.name = 'PolicyError'
    this.diagnostics = diagnostics
  }
}

/**
 * Reads `*.yaml` and `*.yml` in the folder and below. Throws `PolicyError` where they do not compile
 * or there are none, and a fault with the code `ERR_READ` where they cannot be read.
 */
export async function loadPolicies(dir: string, options?: PoliciesOptions): Promise<Policies> {
  return compilePolicies(await readPolicyFolder(dir), options)
}

/** Policies that come from elsewhere than a folder. Throws `PolicyError`. */
export function compilePolicies(
  sources: readonly PolicySource[],
  options?: PoliciesOptions,
): Policies {
  const { policies, diagnostics } = compile(sources)
  // An empty folder is a mount that went missing far more often than a wish to deny everything.
  if (policies === null || hasErrors(diagnostics) || sources.length === 0) {
    throw new PolicyError(diagnostics)
  }
  return new Policies(policies, diagnostics, options)
}
