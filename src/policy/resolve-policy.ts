import { policyName } from '../decide/policy-choice.ts'
import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { suggest } from '../source/suggest.ts'
import { resolveName } from './names.ts'
import type { AclSyntax } from './syntax.ts'

/** `expense`, `expense@v2`, `expense/acme.hr`: rules are cited by it. */
export function nameOf({
  scope,
  type,
  version,
}: Pick<AclSyntax, 'scope' | 'type' | 'version'>): string {
  return policyName(type.value, version?.value, scope?.value ?? null)
}

/** The policy of a type and version, or undefined with a finding; `findings` null: none is made. */
export function resolvePolicy<Policy>(
  type: Text,
  version: Text | null,
  policies: ReadonlyMap<string, Policy>,
  findings: Findings | null,
): Policy | undefined {
  const found = policies.get(policyName(type.value, version?.value))
  if (found !== undefined || findings === null) return found
  const versions = versionsOf(type.value, policies)
  if (versions.length === 0) {
    const types = new Map(
      Array.from(policies.keys(), (name) => [name.split('@', 1)[0] ?? '', name]),
    )
    resolveName(type, types, 'resource', findings)
    return undefined
  }
  const asked = version?.value ?? 'default'
  findings.error(version ?? type, {
    code: 'unknown-version',
    message: `unknown version ${quote(asked)} of resource ${quote(type.value)}`,
    hint: suggest(asked, versions, 'its versions'),
  })
  return undefined
}

function versionsOf(type: string, policies: ReadonlyMap<string, unknown>): readonly string[] {
  const prefix = `${type}@`
  const named = [...policies.keys()].filter((name) => name.startsWith(prefix))
  return [
    ...(policies.has(type) ? ['default'] : []),
    ...named.map((name) => name.slice(prefix.length)),
  ]
}
