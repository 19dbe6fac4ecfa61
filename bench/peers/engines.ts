import assert from 'node:assert/strict'
import { createMongoAbility, subject as asSubject } from '@casl/ability'
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import { newEnforcer, newModelFromString } from 'casbin'
import { stringify } from 'yaml'
import { decide } from '../../src/decide/decide.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { CerbosServer, resourcesPerCall } from '../../test/differential/cerbos-server.ts'
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
    ask: (requests) => requests.map((request) => decide(policies, request).effect === 'permit'),
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
    ask: (requests) =>
      requests.map(({ subject, action, resource }) =>
        abilityOf(subject).can(action.name, asSubject(resource.type, { ...resource.properties })),
      ),
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
    ask: (requests) =>
      requests.map(({ subject, action, resource }) => {
        const sub = { id: subject.id, department: subject.properties['department'] }
        const obj = { type: resource.type, ...resource.properties }
        return enforcer.enforceSync(sub, obj, action.name)
      }),
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
    ask: (requests) =>
      requests.map(({ subject, action, resource }) => {
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
        return answer.type === 'success' && answer.response.decision === 'allow'
      }),
  }
}

function cerbosPolicies(): ReadonlyMap<string, string> {
  return new Map(
    peerTypes.map((resource) => {
      const rules = peerRules
        .filter(({ type }) => type === resource)
        .map(({ action, role, limit }) => {
          const expr = `R.attr.department == P.attr.department && R.attr.amount <= ${limit}.0`
          const condition = { match: { expr } }
          return { actions: [action], effect: 'EFFECT_ALLOW', roles: [role], condition }
        })
      const resourcePolicy = { resource, version: 'default', rules }
      return [
        `${resource}.yaml`,
        stringify({ apiVersion: 'api.cerbos.dev/v1', resourcePolicy }),
      ] as const
    }),
  )
}

/** One question a call, and as many about one subject as a call may hold. */
export async function cerbos(): Promise<readonly Peer[]> {
  const server = await CerbosServer.start(cerbosPolicies())
  const check = async (requests: readonly AccessRequest[]): Promise<readonly boolean[]> => {
    const [first] = requests
    if (first === undefined) return []
    const { groups, ...attr } = first.subject.properties as { groups: string[] }
    const results = await server.check({
      principal: { id: first.subject.id, roles: groups, attr },
      resources: requests.map(({ action, resource: { type, id, properties } }) => ({
        resource: { kind: type, id, attr: properties },
        actions: [action.name],
      })),
    })
    return requests.map(({ action }, at) => results[at]?.actions[action.name] === 'EFFECT_ALLOW')
  }
  return [
    {
      name: 'Cerbos',
      note: 'another process, over HTTP on a socket file, one call after the other',
      ask: async (requests) => {
        const answers: boolean[] = []
        for (const request of requests) answers.push(...(await check([request])))
        return answers
      },
    },
    {
      name: 'Cerbos, batched',
      note: `the same, up to ${resourcesPerCall} questions about one subject in a call`,
      ask: async (requests) => {
        const answers = new Map<AccessRequest, boolean>()
        for (const asked of Map.groupBy(requests, ({ subject }) => subject).values()) {
          for (let from = 0; from < asked.length; from += resourcesPerCall) {
            const part = asked.slice(from, from + resourcesPerCall)
            for (const [at, answer] of (await check(part)).entries()) {
              const request = part[at]
              if (request !== undefined) answers.set(request, answer)
            }
          }
        }
        return requests.map((request) => answers.get(request) === true)
      },
      close: () => server.stop(),
    },
  ]
}
