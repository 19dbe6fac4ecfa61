import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../test/smuggling/foreign-proxy.ts'
import { type Program, programCpu, startProgram } from './program.ts'

export interface HaproxyOptions {
  readonly upstreamPort: number
  /** Verify the token and hold its claims to the rule. */
  readonly verify?: { readonly publicKeyPem: string; readonly issuer: string }
}

export async function startHaproxy(name: string, options: HaproxyOptions): Promise<Program> {
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-bench-haproxy-'))
  const port = await freePort()
  const file = join(dir, 'haproxy.cfg')
  const rules = options.verify === undefined ? [] : writeRules(dir, options.verify)
  writeFileSync(
    file,
    `global
  maxconn 8000
  nbthread 1
defaults
  mode http
  timeout connect 1s
  timeout client 30s
  timeout server 30s
  option http-keep-alive
  http-reuse always
frontend in
  bind 127.0.0.1:${port} backlog 4096
  ${rules.join('\n  ')}
  default_backend application
backend application
  server one 127.0.0.1:${options.upstreamPort} pool-max-conn -1
`,
  )
  const command = ['haproxy', '-db', '-q', '-f', file]
  return await startProgram({ name, command, port, cpus: programCpu, dir })
}

/** The rule of the policy: signature, issuer, expiry, a group, and the department of the path. */
function writeRules(dir: string, verify: NonNullable<HaproxyOptions['verify']>): string[] {
  const key = join(dir, 'issuer.pem')
  writeFileSync(key, verify.publicKeyPem)
  const set = (name: string, from: string): string => `http-request set-var(txn.${name}) ${from}`
  const refuse = (status: number, unless: string): string =>
    `http-request deny deny_status ${status} unless ${unless}`
  return [
    set('bearer', 'http_auth_bearer'),
    set('alg', "var(txn.bearer),jwt_header_query('$.alg')"),
    set('iss', "var(txn.bearer),jwt_payload_query('$.iss')"),
    set('exp', "var(txn.bearer),jwt_payload_query('$.exp','int')"),
    set('now', 'date()'),
    set('group', "var(txn.bearer),jwt_payload_query('$.groups[0]')"),
    set('department', "var(txn.bearer),jwt_payload_query('$.department')"),
    refuse(401, '{ var(txn.alg) -m str RS256 }'),
    refuse(401, `{ var(txn.bearer),jwt_verify(txn.alg,"${key}") -m int 1 }`),
    refuse(401, `{ var(txn.iss) -m str ${verify.issuer} }`),
    refuse(401, '{ var(txn.exp),sub(txn.now) -m int gt 0 }'),
    refuse(403, '{ var(txn.group) -m str staff }'),
    refuse(403, '{ path,field(3,/),strcmp(txn.department) -m int 0 }'),
  ]
}
