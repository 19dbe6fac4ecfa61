import assert from 'node:assert/strict'
import { stringify } from 'yaml'
import { decide } from '../../src/decide/decide.ts'
import type { PolicySet } from '../../src/decide/policy-set.ts'
import { TraceRecorder } from '../../src/decide/trace.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import type { PolicySource } from '../../src/policy/load.ts'
import { describePlace } from '../../src/source/render.ts'
import { attributeTypes } from './generate.ts'
import { actions, type Answer, type PolicyCase } from './policy-case.ts'
import { printCel, sallyportNames } from './print-cel.ts'

export function printSallyport(
  policy: PolicyCase,
  attributes: Readonly<Record<string, string>> = attributeTypes,
): readonly PolicySource[] {
  const roles = Object.fromEntries(
    policy.roles.map(({ name, inherits, when }) => [
      name,
      {
        ...(inherits.length === 0 ? {} : { inherits }),
        ...(when === null ? {} : { when: printCel(when, sallyportNames) }),
      },
    ]),
  )
  const resources = policy.resources.map(({ type, rules }) => ({
    path: `${type}.yaml`,
    text: stringify({
      resource: type,
      actions,
      attributes,
      rules: rules.map(({ id, effect, actions: named, roles: asked, when }) => ({
        id,
        [effect]: named,
        ...(asked === null ? {} : { roles: asked }),
        ...(when === null ? {} : { when: printCel(when, sallyportNames) }),
      })),
    }),
  }))
  return [{ path: 'roles.yaml', text: stringify({ roles }) }, ...resources]
}

export function compileCase(
  policy: PolicyCase,
  attributes?: Readonly<Record<string, string>>,
): PolicySet {
  const sources = printSallyport(policy, attributes)
  const { policies, diagnostics } = compilePolicies(sources)
  assert.ok(
    policies !== null,
    `${diagnostics.map((each) => `${describePlace(each)}: ${each.message}`).join('\n')}\n${sources.map((s) => s.text).join('\n---\n')}`,
  )
  return policies
}

export function askSallyport(set: PolicySet, request: AccessRequest): Answer {
  const trace = new TraceRecorder()
  const { effect } = decide(set, request)
  const traced = decide(set, request, trace)
  assert.equal(traced.effect, effect)
  const nameOf = (id: string): string => id.slice(id.indexOf('/') + 1)
  return {
    effect,
    rules: Object.fromEntries(trace.steps.map(({ rule, result }) => [nameOf(rule), result])),
  }
}
