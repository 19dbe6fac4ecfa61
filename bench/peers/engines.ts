import assert from 'node:assert/strict'
import { createMongoAbility, subject as asSubject } from '@casl/ability'
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import { newEnforcer, newModelFromString } from 'casbin'
import { stringify } from 'yaml'
import { decide } from '../../src/decide/decide.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { CerbosServer } from '../../test/differential/cerbos-server.ts'
import { type Peer, peerActions, peerRoles, peerRules, peerTypes } from './question.ts'

export function sallyport(): Peer {
  const roles = Object.fromEntries(
    peerRoles.map((role) => [role, { when: `"${role}" in subject.groups` }]),
  )
  const resources = peerTypes.map((resource) => ({
    path: `${resource}.yaml`,
    text: stringify({
      resource,
      actions: peerActions,
      attributes: { department: 'string', amount: 'double' },
      rules: peerRules
        .filter(({ type }) => type === resource)
        .map(({ action, role, limit }) => ({
          id: `${action}-${role}`,
          permit: [action],
          roles: [role],
          when: `resource.department == subject.department && resource.amount <= ${limit}.0`,
        })),
    }),
  }))
  const { policies } = compilePolicies([
    { path: 'roles.yaml', text: stringify({ roles }) },
    ...resources,
  ])
  assert.ok(policies !== null)
  return {
    name: 'Sallyport',
    note: 'in process, subject known',
    ask: (requests) => {
      let permits = 0
      for (const request of requests)
        if (decide(policies, request).effect === 'permit') permits += 1
      return permits
    },
  }
}

/** One ability for each subject, made ahead, as its documentation advises. */
export function casl(): Peer {
  const abilities = new Map<AccessRequest['subject'], ReturnType<typeof createMongoAbility>>()
  const abilityOf = (subject: AccessRequest['subject']): ReturnType<typeof createMongoAbility> => {
    const known = abilities.get(subject)
    if (known !== undefined) return known
    const { groups, department } = subject.properties as { groups: string[]; department: string }
    const rules = peerRules
      .filter(({ role }) => groups.includes(role))
      .map(({ action, type, limit }) => ({
        action,
        subject: type,
        conditions: { department, amount: { $lte: limit } },
      }))
    const made = createMongoAbility(rules)
    abilities.set(subject, made)
    return made
  }
  return {
    name: 'CASL',
    note: 'in process, rules of each subject selected ahead',
    ask: (requests) => {
      let permits = 0
      for (const { subject, action, resource } of requests) {
        const asked = asSubject(resource.type, { ...resource.properties })
        if (abilityOf(subject).can(action.name, asked)) permits += 1
      }
      return permits
    },
  }
}

export async function casbin(): Promise<Peer> {
  const model = newModelFromString(`
[request_definition]
r = sub, obj, act
[policy_definition]
p = role, type, act, limit
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.obj.type == p.type && r.act == p.act && g(r.sub.id, p.role) && r.obj.department == r.sub.department && r.obj.amount <= p.limit
`)
  const enforcer = await newEnforcer(model)
  for (const { role, type, action, limit } of peerRules) {
    await enforcer.addPolicy(role, type, action, limit as unknown as string)
  }
  for (const [user, role] of [
    ['ann', 'employee'],
    ['ben', 'employee'],
    ['ben', 'manager'],
  ] as const) {
    await enforcer.addGroupingPolicy(user, role)
  }
  return {
    name: 'node-casbin',
    note: 'in process, enforceSync',
    ask: (requests) => {
      let permits = 0
      for (const { subject, action, resource } of requests) {
        const sub = { id: subject.id, department: subject.properties['department'] }
        const obj = { type: resource.type, ...resource.properties }
        if (enforcer.enforceSync(sub, obj, action.name)) permits += 1
      }
      return permits
    },
  }
}

export function cedar(): Peer {
  const policies = peerRules
    .map(
      ({ type, action, role, limit }) =>
        `permit(principal in Role::"${role}", action == Action::"${action}", resource is ${type}) when { resource.department == principal.department && resource.amount <= ${limit} };`,
    )
    .join('\n')
  const parsed = preparsePolicySet('peers', { staticPolicies: policies })
  assert.equal(parsed.type, 'success', JSON.stringify(parsed))
  return {
    name: 'Cedar',
    note: 'in process, WebAssembly, policies parsed ahead',
    ask: (requests) => {
      let permits = 0
      for (const { subject, action, resource } of requests) {
        const principal = { type: 'User', id: subject.id }
        const asked = { type: resource.type, id: resource.id }
        const { groups, department } = subject.properties as {
          groups: string[]
          department: string
        }
        const answer = statefulIsAuthorized({
          principal,
          action: { type: 'Action', id: action.name },
          resource: asked,
          context: {},
          preparsedPolicySetId: 'peers',
          entities: [
            {
              uid: principal,
              attrs: { department },
              parents: groups.map((id) => ({ type: 'Role', id })),
            },
            {
              uid: asked,
              attrs: resource.properties as Record<string, string | number>,
              parents: [],
            },
          ],
        })
        if (answer.type === 'success' && answer.response.decision === 'allow') permits += 1
      }
      return permits
    },
  }
}

/** One question a call: a batch would be a different measurement. */
export async function cerbos(): Promise<Peer> {
  const files = new Map(
    peerTypes.map((resource) => [
      `${resource}.yaml`,
      stringify({
        apiVersion: 'api.cerbos.dev/v1',
        resourcePolicy: {
          resource,
          version: 'default',
          rules: peerRules
            .filter(({ type }) => type === resource)
            .map(({ action, role, limit }) => ({
              actions: [action],
              effect: 'EFFECT_ALLOW',
              roles: [role],
              condition: {
                match: {
                  expr: `R.attr.department == P.attr.department && R.attr.amount <= ${limit}.0`,
                },
              },
            })),
        },
      }),
    ]),
  )
  const server = await CerbosServer.start(files)
  return {
    name: 'Cerbos',
    note: 'another process, over HTTP on a socket file, one call after the other',
    ask: async (requests) => {
      let permits = 0
      for (const { subject, action, resource } of requests) {
        const { groups, ...attr } = subject.properties as { groups: string[] }
        const [result] = await server.check({
          principal: { id: subject.id, roles: groups, attr },
          resources: [
            {
              resource: { kind: resource.type, id: resource.id, attr: resource.properties },
              actions: [action.name],
            },
          ],
        })
        if (result?.actions[action.name] === 'EFFECT_ALLOW') permits += 1
      }
      return permits
    },
    close: () => server.stop(),
  }
}
