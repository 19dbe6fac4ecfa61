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
  const { type } = resource
  const actions = actionsOf(resource, context, policies)
  if (actions === null) {
    if (reason === 'unknown_policy_version') return true
    const versions = [...(policies.resources.get(type)?.actions.keys() ?? [])]
    const asked = JSON.stringify(versionOf(context))
    findings.errorAtKey(place, {
      code: 'unknown-version',
      message: `resource ${quote(type)} has no policy of version ${asked}`,
      hint: suggest(asked.replaceAll('"', ''), versions, 'its versions'),
    })
    return false
  }
  const { scopes } = policies.policies ?? {}
  if (scopes?.of(resource) === undefined) {
    if (reason === 'unknown_scope') return true
    const asked = JSON.stringify(resource.properties['scope'])
    findings.errorAtKey(place, {
      code: 'unknown-scope',
      message: `no file declares the scope ${asked} of the resource`,
      hint: suggest(asked.replaceAll('"', ''), scopes?.names ?? [], 'declared scopes'),
    })
    return false
  }
  if (actions.includes(action) || reason === 'unknown_action') return true
  findings.errorAtKey(place, {
    code: 'unknown-action',
    message: `resource ${quote(type)} declares no action ${quote(action)}`,
    hint: suggest(action, actions, 'its actions'),
  })
  return false
}

function versionOf(context: Attributes): unknown {
  return Object.hasOwn(context, 'policy_version') ? context['policy_version'] : 'default'
}
