import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { type ServerProcess, startServerProcess } from '../load/server-process.ts'

const here = import.meta.dirname

export interface Issuer {
  readonly issuer: string
  readonly publicPem: string
}

/** The gateway as it is built, on a private route and a public one to the same upstream. */
export async function startTokenGateway(
  dir: string,
  upstream: string,
  { issuer, publicPem }: Issuer,
  keySet: object,
): Promise<ServerProcess> {
  writeFileSync(join(dir, 'public.pem'), publicPem)
  writeFileSync(
    join(dir, 'page.yaml'),
    'resource: page\nactions: [view]\nrules: [{ id: all, permit: [view] }]\n',
  )
  writeFileSync(
    join(dir, 'routes.yaml'),
    `routes:
  - upstream: ${upstream}
    paths:
      GET /private/{id}: { action: view, resource: page, id: path.id }
      GET /public/{id}: { authentication: public, action: view, resource: page, id: path.id }
`,
  )
  const config = join(dir, 'sallyport.conf')
  writeFileSync(
    config,
    `gateway: { host: 127.0.0.1, port: 0, workers: 1 }
check: { host: 127.0.0.1, port: 0, allow_unauthenticated: true }
operations: { host: 127.0.0.1, port: 0 }
policies: { dir: . }
records: { sink: file, file: ./records.log }
log: { level: info }
issuers:
  - issuer: ${issuer}
    audiences: [bench]
    jwks: ${JSON.stringify(keySet)}
`,
  )
  return await startServerProcess({
    name: 'gateway',
    script: resolve(here, '../../dist/cli/main.js'),
    nodeArgs: [
      '--disallow-code-generation-from-strings',
      '--max-semi-space-size=4',
      '--heap-growing-percent=25',
      '--v8-pool-size=1',
    ],
    args: ['serve', '--config', config],
    readReady: (line) => (line.includes('is listening') ? line : null),
    cpu: 0,
  })
}

export interface Foreign {
  readonly port: number
  stop(): void
}

/** HAProxy with one thread, which verifies the token of each request by the same key. */
export async function startVerifyingHaproxy(dir: string, upstream: string): Promise<Foreign> {
  const port = await freePort()
  const file = join(dir, 'haproxy.cfg')
  writeFileSync(
    file,
    `global
  maxconn 4000
  nbthread 1
defaults
  mode http
  timeout connect 1s
  timeout client 20s
  timeout server 20s
  option http-keep-alive
  http-reuse always
frontend in
  bind 127.0.0.1:${port}
  http-request set-var(txn.bearer) http_auth_bearer
  http-request set-var(txn.alg) var(txn.bearer),jwt_header_query('$.alg')
  http-request deny deny_status 401 unless { var(txn.alg) -m str RS256 }
  http-request deny deny_status 401 unless { var(txn.bearer),jwt_payload_query('$.aud') -m str bench }
  http-request deny deny_status 401 unless { var(txn.bearer),jwt_verify(txn.alg,"${join(dir, 'public.pem')}") -m int 1 }
  default_backend application
backend application
  server one ${new URL(upstream).host}
`,
  )
  const child = spawn('taskset', ['-c', '0', 'haproxy', '-db', '-q', '-f', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await listening(child, port)
  return { port, stop: () => void child.kill('SIGKILL') }
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  let failure: string | null = null
  child.once('error', (error) => (failure = `Cannot start haproxy: ${error.message}`))
  child.once('exit', (code) => (failure = `haproxy ended with ${code}`))
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (failure !== null) throw new Error(failure)
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => resolve(false))
    })
    if (isOpen) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('haproxy does not listen')
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
