import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { binaryPath } from '../../test/differential/cerbos-server.ts'
import { freePort } from '../../test/smuggling/foreign-proxy.ts'
import { evaluation } from '../guard/figures.ts'
import { nodeOf, ownCheckout } from './own-command.ts'
import { type Program, programCpu, startProgram } from './program.ts'
import type { Load } from './wrk.ts'

/** A program that answers one question over HTTP. */
export interface DecisionPoint {
  readonly name: string
  readonly program: Program
  readonly load: Load
  readonly evaluations: number
  /** The same question about another department's document, and how the answer to it reads. */
  readonly denied: string | null
  readonly says: { readonly permit: RegExp; readonly deny: RegExp }
}

export const bare = 'bare node:http, the same bytes'
export const json = { 'Content-Type': 'application/json' }
export const ownAnswers = { permit: /^\{"decision":true\}$/, deny: /^\{"decision":false\}$/ }

/** The question, about a document of some department. */
export function about(department: string): object {
  return { ...evaluation, resource: { ...evaluation.resource, properties: { department } } }
}

export async function startBare(): Promise<Program> {
  const port = await freePort()
  const script = join(import.meta.dirname, '../load/http-yardstick.ts')
  // With the same memory as the program that it is compared with.
  const { command: node, environment } = nodeOf(ownCheckout)
  const command = [...node, script, String(port)]
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-bench-bare-'))
  return await startProgram({ name: bare, command, environment, port, cpus: programCpu, dir })
}

export async function startCerbos(keep: (program: Program) => Program): Promise<DecisionPoint> {
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-bench-cerbos-'))
  const [port, grpcPort] = [await freePort(), await freePort()]
  const directory = join(dir, 'policies')
  mkdirSync(directory)
  const when = (expr: string): object => ({ match: { expr } })
  const rules = [
    {
      name: 'same-department',
      actions: ['view', 'edit'],
      effect: 'EFFECT_ALLOW',
      roles: ['staff'],
      condition: when('R.attr.department == P.attr.department'),
    },
    {
      name: 'never-archived',
      actions: ['view', 'edit'],
      effect: 'EFFECT_DENY',
      roles: ['*'],
      condition: when('R.id.startsWith("archived-")'),
    },
  ]
  const resourcePolicy = { resource: 'document', version: 'default', rules }
  const policy = { apiVersion: 'api.cerbos.dev/v1', resourcePolicy }
  writeFileSync(join(directory, 'document.yaml'), stringify(policy))
  const config = {
    server: { httpListenAddr: `127.0.0.1:${port}`, grpcListenAddr: `127.0.0.1:${grpcPort}` },
    telemetry: { disabled: true },
    audit: { enabled: false },
    storage: { driver: 'disk', disk: { directory, watchForChanges: false } },
  }
  const file = join(dir, 'cerbos.yaml')
  writeFileSync(file, stringify(config))
  const program = await startProgram({
    name: 'Cerbos',
    command: [binaryPath(), 'server', '--config', file, '--log-level', 'error'],
    environment: { HOME: dir, CERBOS_NO_TELEMETRY: '1' },
    port,
    cpus: programCpu,
    dir,
  })
  const { subject, action, resource } = evaluation
  const { groups, ...attr } = subject.properties
  const question = (department: string): string =>
    JSON.stringify({
      principal: { id: subject.id, roles: groups, attr },
      resources: [
        {
          resource: { kind: resource.type, id: resource.id, attr: { department } },
          actions: [action.name],
        },
      ],
    })
  return {
    name: 'Cerbos, one check',
    program: keep(program),
    load: {
      method: 'POST',
      path: '/api/check/resources',
      headers: json,
      body: question(resource.properties.department),
    },
    evaluations: 1,
    denied: question('sales'),
    says: { permit: /"EFFECT_ALLOW"/, deny: /"EFFECT_DENY"/ },
  }
}

const rego = `package bench

default permit := false

permit if {
  input.action.name in {"view", "edit"}
  "staff" in input.subject.properties.groups
  input.resource.properties.department == input.subject.properties.department
  not startswith(input.resource.id, "archived-")
}
`

export async function startOpa(
  file: string,
  keep: (program: Program) => Program,
): Promise<DecisionPoint> {
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-bench-opa-'))
  const port = await freePort()
  const policy = join(dir, 'bench.rego')
  writeFileSync(policy, rego)
  const program = await startProgram({
    name: 'Open Policy Agent',
    command: [
      file,
      'run',
      '--server',
      '--addr',
      `127.0.0.1:${port}`,
      '--log-level',
      'error',
      '--disable-telemetry',
      policy,
    ],
    port,
    cpus: programCpu,
    dir,
  })
  const question = (department: string): string =>
    JSON.stringify({
      input: about(department),
    })
  return {
    name: 'Open Policy Agent, one query',
    program: keep(program),
    load: {
      method: 'POST',
      path: '/v1/data/bench/permit',
      headers: json,
      body: question(evaluation.resource.properties.department),
    },
    evaluations: 1,
    denied: question('sales'),
    says: { permit: /"result":\s*true/, deny: /"result":\s*false/ },
  }
}
