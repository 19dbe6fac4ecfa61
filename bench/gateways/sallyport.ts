import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../test/smuggling/foreign-proxy.ts'
import { ownCheckout, serveOf } from './own-command.ts'
import { type Program, programCpu, startProgram } from './program.ts'
import { audience, routePath } from './setting.ts'

export interface SallyportOptions {
  readonly upstreamPort: number
  readonly issuer: string
  /** Routes beside the two of the setting. */
  readonly routes?: number
  readonly workers?: number
  /** Where the built command is. */
  readonly checkout?: string
  readonly cpus?: string
  /** Never refuses for being behind: on a machine that does other things, it is. */
  readonly isNeverOverloaded?: boolean
}

export interface SallyportProgram extends Program {
  readonly checkPort: number
  readonly operationsPort: number
  readonly policyDir: string
}

/** The built form with the options of the image, decision records on, one worker. */
export async function startSallyport(
  name: string,
  options: SallyportOptions,
): Promise<SallyportProgram> {
  const {
    upstreamPort,
    issuer,
    routes = 0,
    workers = 1,
    checkout = ownCheckout,
    cpus = programCpu,
  } = options
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-bench-own-'))
  const [port, checkPort, operationsPort] = [await freePort(), await freePort(), await freePort()]
  writePolicies(dir, upstreamPort, routes)
  const config = join(dir, 'sallyport.conf')
  writeFileSync(
    config,
    `gateway: { host: 127.0.0.1, port: ${port}, workers: ${workers}${options.isNeverOverloaded === true ? ', overload_delay: 0s' : ''} }
check: { host: 127.0.0.1, port: ${checkPort}, allow_unauthenticated: true }
operations: { host: 127.0.0.1, port: ${operationsPort} }
policies: { dir: . }
authentication: { token_cache_entries: 20000 }
records: { sink: file, file: ./records.log }
log: { level: info }
issuers:
  - issuer: ${issuer}
    audiences: [${audience}]
`,
  )
  const { command, environment } = serveOf(checkout, config)
  const program = await startProgram({ name, command, environment, port, cpus, dir })
  return { ...program, checkPort, operationsPort, policyDir: dir }
}

/** A role by a group, a permit with a condition over path and token, a deny with another one. */
function writePolicies(dir: string, upstreamPort: number, routes: number): void {
  writeFileSync(
    join(dir, 'roles.yaml'),
    'roles:\n  staff: { when: \'"staff" in subject.groups\' }\n',
  )
  writeFileSync(
    join(dir, 'document.yaml'),
    `resource: document
actions: [view, edit]
attributes: { department: string }
rules:
  - id: same-department
    permit: [view, edit]
    roles: [staff]
    when: resource.department == subject.department
  - id: never-archived
    deny: [view, edit]
    when: resource.id.startsWith("archived-")
`,
  )
  const asked = (action: string): string =>
    `{ action: ${action}, resource: document, id: path.id, attributes: { department: path.department } }`
  const more = Array.from(
    { length: routes },
    (_, at) => `      GET ${routePath(at, '{department}/{id}')}: ${asked('view')}`,
  )
  writeFileSync(
    join(dir, 'routes.yaml'),
    `routes:
  - upstream: http://127.0.0.1:${upstreamPort}
    paths:
      GET /departments/{department}/documents/{id}: ${asked('view')}
      PUT /departments/{department}/documents/{id}: ${asked('edit')}
${more.join('\n')}
`,
  )
}
