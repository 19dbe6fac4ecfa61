import type { PolicySource } from '../../src/policy/load.ts'
import { Random } from '../../test/differential/random.ts'

/**
 * Of the size and shape of Google Cloud's predefined roles as listed in `iann0036/iam-dataset`:
 * 2,461 roles, 165,179 permissions of roles, 13,568 in the largest, most roles with a few dozen.
 */
export const cloudShape = { roles: 2_461, permissions: 165_179, largest: 13_568 } as const

export interface CloudShape {
  readonly roles: number
  /** Of all roles together. */
  readonly permissions: number
  readonly largest: number
}

interface CloudRole {
  readonly name: string
  /** Numbers of permissions. */
  readonly permissions: readonly number[]
}

interface CloudPermission {
  readonly resource: string
  readonly action: string
}

export interface Cloud {
  readonly permissions: readonly CloudPermission[]
  readonly roles: readonly CloudRole[]
}

const verbs = ['get', 'list', 'create', 'update', 'delete', 'getIamPolicy', 'setIamPolicy', 'use']
const verbsPerResource = 5
const resourcesPerService = 12

export function makeCloud(shape: CloudShape, seed = 1): Cloud {
  const random = new Random(seed)
  const permissions = Array.from({ length: shape.largest }, (_, at): CloudPermission => {
    const resource = Math.floor(at / verbsPerResource)
    const service = Math.floor(resource / resourcesPerService)
    return {
      resource: `service${service}.kind${resource % resourcesPerService}`,
      action: verbs[(at % verbsPerResource) + (resource % 4 === 0 ? 3 : 0)] ?? 'get',
    }
  })
  const roles = roleSizes(shape).map((size, at): CloudRole => {
    const start = at === 0 ? 0 : random.below(permissions.length)
    const chosen = new Set<number>()
    for (let step = 0; chosen.size < size; step += 1) {
      // Mostly neighbours, that is, whole services; a role like that of an auditor skips about.
      const stride = at % 10 === 9 ? 1 + random.below(40) : 1
      chosen.add((start + step * stride) % permissions.length)
    }
    return { name: `role${at}`, permissions: [...chosen] }
  })
  return { permissions, roles }
}

/** Falling by a power of the rank, with the sum and the largest as asked. */
function roleSizes({ roles, permissions, largest }: CloudShape): readonly number[] {
  let [low, high] = [0, 4]
  const sizesOf = (power: number): number[] =>
    Array.from({ length: roles }, (_, at) => Math.max(1, Math.round(largest * (at + 1) ** -power)))
  const sumOf = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0)
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2
    if (sumOf(sizesOf(middle)) > permissions) low = middle
    else high = middle
  }
  const sizes = sizesOf(high)
  let missing = permissions - sumOf(sizes)
  for (let at = 1; missing > 0; at = (at % (roles - 1)) + 1) {
    if ((sizes[at] ?? 0) >= largest) continue
    sizes[at] = (sizes[at] ?? 0) + 1
    missing -= 1
  }
  return sizes
}

/** One file for the roles, and for each service one for each of its resources. */
export function cloudPolicies({ permissions, roles }: Cloud): PolicySource[] {
  const holders = permissions.map((): string[] => [])
  for (const { name, permissions: granted } of roles) {
    for (const at of granted) holders[at]?.push(name)
  }
  const rolesText = roles.map(({ name }) => `  ${name}:\n    when: '"${name}" in subject.groups'\n`)
  const byResource = Map.groupBy(permissions.keys(), (at) => permissions[at]?.resource ?? '')
  const files = Array.from(byResource, ([resource, numbers]) => {
    const rules = numbers.map((at) => {
      const action = permissions[at]?.action ?? ''
      return `  - id: ${action}\n    permit: [${action}]\n    roles: [${(holders[at] ?? []).join(', ')}]\n`
    })
    const actions = numbers.map((at) => permissions[at]?.action ?? '')
    return {
      path: `${resource.replace('.', '/')}.yaml`,
      text: `resource: ${resource}\nactions: [${actions.join(', ')}]\nrules:\n${rules.join('')}`,
    }
  })
  return [{ path: 'roles.yaml', text: `roles:\n${rolesText.join('')}` }, ...files]
}
