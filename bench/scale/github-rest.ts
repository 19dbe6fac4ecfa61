import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { PolicySource } from '../../src/policy/load.ts'

const listFile = join(
  resolve(import.meta.dirname, '../..'),
  'test/scale/github-rest-operations.txt',
)

export interface Operation {
  readonly method: string
  /** As described, with names that are identifiers. */
  readonly template: string
  readonly action: string
  /** The literal segments, which say what it is about. */
  readonly resource: string
  /** The first segment: roles are granted by these. */
  readonly area: string
}

export const githubHost = 'api.example.com'

const actionsByMethod: Readonly<Record<string, string>> = {
  GET: 'read',
  POST: 'create',
  PUT: 'replace',
  PATCH: 'change',
  DELETE: 'remove',
}
/** What each kind of role may do. */
export const githubRights: Readonly<Record<string, readonly string[]>> = {
  reader: ['read'],
  writer: ['create', 'replace', 'change'],
  admin: ['remove'],
}

/**
 * The operations of GitHub's REST API: 1,223, of which two are described as different and are the
 * same requests (`compare/{base}...{head}` and `compare/{basehead}`). One of them is left out.
 */
export function githubOperations(isWhole = false): readonly Operation[] {
  const lines = readFileSync(listFile, 'utf8').split('\n')
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .filter((line) => isWhole || !line.includes('{base}...{head}'))
    .map(readOperation)
}

function readOperation(line: string): Operation {
  const [method = '', path = ''] = line.split(' ')
  // A parameter takes a whole segment, and its name is an identifier.
  const template = path.replace('{base}...{head}', '{range}').replace('{enterprise-team}', '{team}')
  const literals = template
    .split('/')
    .filter((segment) => segment !== '' && !segment.startsWith('{'))
  const resource = literals.length === 0 ? 'root' : literals.join(':')
  const area = literals[0] ?? 'root'
  return { method, template, action: actionsByMethod[method] ?? 'read', resource, area }
}

/** A file for each resource, one of routes, and one of roles: reader, writer and admin of each area. */
export function githubPolicies(operations: readonly Operation[]): PolicySource[] {
  const areas = [...new Set(operations.map(({ area }) => area))]
  const roles = areas.flatMap((area) =>
    Object.keys(githubRights).map((right, at, all) => {
      const inherited = at === 0 ? '' : `\n    inherits: ["${area}-${all[at - 1] ?? ''}"]`
      return `  ${area}-${right}:${inherited}\n    when: '"${area}-${right}" in subject.groups'\n`
    }),
  )
  const routes = operations.map(
    ({ method, template, action, resource }) =>
      `      ${method} ${template}: { action: ${action}, resource: "${resource}"${idOf(template)} }\n`,
  )
  const resources = Map.groupBy(operations, ({ resource }) => resource)
  return [
    { path: 'roles.yaml', text: `roles:\n${roles.join('')}` },
    {
      path: 'routes.yaml',
      text: `routes:\n  - host: ${githubHost}\n    upstream: http://127.0.0.1:9500\n    paths:\n${routes.join('')}`,
    },
    ...Array.from(resources, ([resource, about], at) => ({
      path: `resources/resource-${at}.yaml`,
      text: resourceFile(resource, about),
    })),
  ]
}

function idOf(template: string): string {
  const parameters = Array.from(template.matchAll(/\{(\w+)\}/gu), (found) => found[1] ?? '')
  const last = parameters.at(-1)
  return last === undefined ? '' : `, id: path.${last}`
}

function resourceFile(resource: string, about: readonly Operation[]): string {
  const actions = [...new Set(about.map(({ action }) => action))]
  const area = about[0]?.area ?? 'root'
  const rules = Object.entries(githubRights).flatMap(([right, allowed]) => {
    const permitted = actions.filter((action) => allowed.includes(action))
    if (permitted.length === 0) return []
    return [
      `  - { id: ${right}, permit: [${permitted.join(', ')}], roles: ["${area}-${right}"] }\n`,
    ]
  })
  return `resource: "${resource}"\nactions: [${actions.join(', ')}]\nrules:\n${rules.join('')}`
}
