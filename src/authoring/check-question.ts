import type { NoPolicy } from '../decide/policy-choice.ts'
import type { Resource } from '../model/access-request.ts'
import type { Attributes } from '../model/attributes.ts'
import type { CompiledPolicies } from '../policy/compile.ts'
import type { Cursor } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { suggest } from '../source/suggest.ts'
import type { Expectation } from './case.ts'

/** Actions of the version that is asked; null: there is none of it. */
export function actionsOf(
  { type }: Resource,
  context: Attributes,
  { resources }: CompiledPolicies,
): readonly string[] | null {
  const version = versionOf(context)
  return typeof version === 'string' ? (resources.get(type)?.actions.get(version) ?? null) : null
}

/**
 * What names a version, scope or action that there is not would be denied, and a test that expects a
 * denial would pass. False, with a finding, unless the test expects that very reason.
 */
export function checkQuestion(
  action: string,
  resource: Resource,
  context: Attributes,
  { reason }: Expectation,
  policies: CompiledPolicies,
  place: Cursor,
  findings: Findings,
): boolean {
  const chosen = policies.policies?.choice.find({ context, resource })
  if (typeof chosen === 'string') {
    if (reason === chosen) return true
    reportChoice(chosen, resource, context, policies, place, findings)
    return false
  }
  const actions = actionsOf(resource, context, policies) ?? []
  if (actions.includes(action) || reason === 'unknown_action') return true
  findings.errorAtKey(place, {
    code: 'unknown-action',
    message: `resource ${quote(resource.type)} declares no action ${quote(action)}`,
    hint: suggest(action, actions, 'its actions'),
  })
  return false
}

function reportChoice(
  why: NoPolicy,
  { properties, type }: Resource,
  context: Attributes,
  { policies, resources }: CompiledPolicies,
  place: Cursor,
  findings: Findings,
): void {
  if (why === 'scope_missing') {
    findings.errorAtKey(place, {
      code: 'scope-required',
      message: `resource ${quote(type)} has to belong to a scope, and the test names none`,
      hint: 'add "scope" to the resource',
    })
    return
  }
  const isScope = why === 'unknown_scope'
  const asked = JSON.stringify(isScope ? properties['scope'] : versionOf(context))
  const known = isScope ? policies?.scopes.names : resources.get(type)?.actions.keys()
  findings.errorAtKey(place, {
    code: isScope ? 'unknown-scope' : 'unknown-version',
    message: isScope
      ? `no file declares the scope ${asked} of the resource`
      : `resource ${quote(type)} has no policy of version ${asked}`,
    hint: suggest(
      asked.replaceAll('"', ''),
      known ?? [],
      isScope ? 'declared scopes' : 'its versions',
    ),
  })
}

function versionOf(context: Attributes): unknown {
  return Object.hasOwn(context, 'policy_version') ? context['policy_version'] : 'default'
}
