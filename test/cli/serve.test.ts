import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type IssuerServer, startIssuer } from './issuer-server.ts'
import { runCli, spawnCli, type SpawnedCli } from './spawn-cli.ts'

const roles = `roles:
  reader: { when: '"readers" in subject.groups' }
`
const report = `resource: report
actions: [read]
rules:
  - id: readers-read
    permit: [read]
    roles: [reader]
`

interface Serving extends SpawnedCli {
  readonly gateway: number
  readonly check: number
  readonly operations: number
}

interface Answer {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
}

let base = ''
let dir = ''
let count = 0
let issuer: IssuerServer
let upstream: Server
let token = ''
let release = noop
const running: SpawnedCli[] = []

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'sallyport-serve-'))
  issuer = await startIssuer('apps')
  token = await issuer.token('ada', ['readers'])
  upstream = createServer((req, res) => {
    const answer = (): void => {
      res.end(JSON.stringify({ url: req.url, headers: req.headers }))
    }
    if (req.url === '/reports/slow') release = answer
    else answer()
  })
  await new Promise<void>((resolve) => {
    upstream.listen(0, '127.0.0.1', resolve)
  })
})

afterAll(async () => {
  await issuer.close()
  upstream.close()
  upstream.closeAllConnections()
  await rm(base, { recursive: true })
})

beforeEach(async () => {
  count += 1
  dir = join(base, String(count))
  await mkdir(join(dir, 'policies'), { recursive: true })
  await writeFile(join(dir, 'policies', 'roles.yaml'), roles)
  await writeFile(join(dir, 'policies', 'report.yaml'), report)
  const { port } = upstream.address() as AddressInfo
  await writeFile(
    join(dir, 'policies', 'routes.yaml'),
    `routes:
  - host: reports.localhost
    upstream: http://127.0.0.1:${port}
    paths:
      GET /reports/{id}: { action: read, resource: report, id: path.id }
`,
  )
  await configure('')
})

afterEach(async () => {
  for (const { child, finished } of running.splice(0)) {
    child.kill('SIGKILL')
    await finished
  }
})

describe('serve', () => {
  test('verifies, decides and forwards, with code generation from strings forbidden', async () => {
    const { gateway, check, operations } = await serve({
      nodeOptions: ['--disallow-code-generation-from-strings'],
    })
    const anonymous = await ask(gateway, '/reports/1')
    expect(anonymous.status).toBe(401)
    expect(anonymous.headers['www-authenticate']).toMatch(/^Bearer/u)
    const permitted = await ask(gateway, '/reports/1', token)
    expect(permitted.status).toBe(200)
    const seen = JSON.parse(permitted.body) as { headers: Record<string, string> }
    expect(seen.headers).toMatchObject({
      'sallyport-subject': 'ada',
      'sallyport-issuer': issuer.issuer,
      'sallyport-roles': 'reader',
    })
    expect(seen.headers).not.toHaveProperty('authorization')
    const stranger = await ask(gateway, '/reports/1', await issuer.token('bob', []))
    expect(stranger.status).toBe(403)
    expect(JSON.parse(stranger.body)).toMatchObject({ code: 'no_applicable_rule' })
    expect((await ask(gateway, '/elsewhere', token)).status).toBe(404)

    const decision = await evaluate(check)
    expect(decision).toMatchObject({ decision: true })
    expect((await ask(operations, '/livez')).status).toBe(200)
    expect((await ask(operations, '/readyz')).status).toBe(200)
    const metrics = await ask(operations, '/metrics')
    expect(metrics.body).toMatch(/^sallyport_policy_info\{digest="[0-9a-f]{64}"\} 1$/mu)
    const keys = await ask(gateway, '/.well-known/sallyport/jwks.json')
    expect(JSON.parse(keys.body)).toMatchObject({ keys: [{ kty: 'EC', use: 'sig' }] })
  })

  test('lets an edit of a policy count without a restart, and a bad edit not at all', async () => {
    const serving = await serve()
    const { gateway, operations } = serving
    expect((await ask(gateway, '/reports/1', token)).status).toBe(200)
    await writeFile(join(dir, 'policies', 'report.yaml'), report.replace('permit:', 'deny:'))
    await until(async () => (await ask(gateway, '/reports/1', token)).status === 403)

    await writeFile(join(dir, 'policies', 'report.yaml'), 'resource: report\nactons: [read]\n')
    await until(async () => (await ask(operations, '/readyz')).body.includes('rejected'))
    const ready = await ask(operations, '/readyz')
    expect(ready.status).toBe(200)
    expect(JSON.parse(ready.body)).toMatchObject({ status: 'degraded' })
    expect(ready.body).toContain('report.yaml:2:1')
    expect((await ask(gateway, '/reports/1', token)).status).toBe(403)
    expect((await ask(operations, '/metrics')).body).toContain('sallyport_policy_current 0')
    expect(serving.stderr()).toContain('"place":"report.yaml:2:1"')

    await writeFile(join(dir, 'policies', 'report.yaml'), report)
    await until(async () => (await ask(gateway, '/reports/1', token)).status === 200)
    const mended = await ask(operations, '/readyz')
    expect(JSON.parse(mended.body)).toMatchObject({ status: 'ready' })
  })

  test('writes decision records and nothing else to stdout, and never the token', async () => {
    const serving = await serve()
    await ask(serving.gateway, '/reports/1', token)
    await ask(serving.gateway, '/reports/2')
    await until(() => Promise.resolve(serving.stdout().split('\n').length > 2))
    const lines = serving.stdout().trim().split('\n')
    const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(records).toHaveLength(2)
    expect(serving.stdout()).toContain('report/readers-read')
    expect(`${serving.stdout()}${serving.stderr()}`).not.toContain(token.slice(-40))
  })

  test('takes ports, folder and level from the environment', async () => {
    await rename(join(dir, 'policies'), join(dir, 'elsewhere'))
    const serving = await serve({
      environment: {
        SALLYPORT_CONFIG: join(dir, 'sallyport.yaml'),
        SALLYPORT_POLICIES_DIR: join(dir, 'elsewhere'),
        SALLYPORT_GATEWAY_HOST: '127.0.0.2',
        SALLYPORT_GATWAY_PORT: '1',
      },
      args: [],
    })
    expect(serving.stderr()).toContain('$SALLYPORT_GATWAY_PORT:1:1: warning: unknown')
    expect(serving.stderr()).toContain('did you mean SALLYPORT_GATEWAY_PORT?')
    expect(serving.stderr()).toContain('"host":"127.0.0.2"')
  })
})

describe('health', () => {
  test('asks the process that the configuration or the environment names', async () => {
    const { operations, child } = await serve()
    const environment = { SALLYPORT_OPERATIONS_PORT: String(operations) }
    const config = join(dir, 'sallyport.yaml')
    const [live, ready, json] = await Promise.all([
      runCli(['health'], { environment }),
      runCli(['health', '--ready', '--config', config], { environment }),
      runCli(['health', '--ready', '--json'], { environment }),
    ])
    expect([live.code, live.stdout]).toEqual([0, 'live: yes\n'])
    expect([ready.code, ready.stdout]).toEqual([0, 'ready: yes\n'])
    expect(JSON.parse(json.stdout)).toMatchObject({ status: 'ready' })
    child.kill('SIGKILL')
    const gone = await runCli(['health'], { environment })
    expect([gone.code, gone.stdout]).toEqual([3, ''])
    expect(gone.stderr).toContain('ECONNREFUSED')
  })

  test('tells live from ready', async () => {
    const file = join(dir, 'sallyport.yaml')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(issuer.issuer, 'http://127.0.0.1:9'))
    const { operations } = await serve({ readyStatus: 503 })
    const environment = { SALLYPORT_OPERATIONS_PORT: String(operations) }
    expect(await runCli(['health'], { environment })).toMatchObject({ code: 0 })
    expect(await runCli(['health', '--ready'], { environment })).toMatchObject({
      code: 1,
      stdout: 'ready: no\n',
    })
  })
})

describe('signals', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s lets a request in flight end, then exits with 0',
    async (signal) => {
      const serving = await serve()
      const slow = await hold(serving)
      serving.child.kill(signal)
      await until(async () => (await ask(serving.operations, '/readyz')).body.includes('draining'))
      expect((await ask(serving.operations, '/readyz')).status).toBe(503)
      await expect(ask(serving.gateway, '/reports/1', token)).rejects.toThrow('ECONNREFUSED')
      release()
      expect((await slow.answer).status).toBe(200)
      expect(await serving.finished).toMatchObject({ code: 0 })
      expect(serving.stdout()).toContain('/reports/slow')
    },
  )

  test('a second one ends at once', async () => {
    const serving = await serve()
    const slow = await hold(serving)
    serving.child.kill('SIGTERM')
    await until(() => Promise.resolve(serving.stderr().includes('Stopping')))
    serving.child.kill('SIGTERM')
    await expect(slow.answer).rejects.toThrow(/hang up|ECONNRESET|aborted/u)
    expect(await serving.finished).toMatchObject({ code: 1 })
  })

  test('a request that does not end in time is cut, and the exit is still 0', async () => {
    await configure('gateway: { port: 0, drain_timeout: 1s }\n')
    const serving = await serve()
    const slow = await hold(serving)
    serving.child.kill('SIGTERM')
    await expect(slow.answer).rejects.toThrow(/hang up|ECONNRESET|aborted/u)
    expect(await serving.finished).toMatchObject({ code: 0 })
  })

  test('SIGHUP reads the policies at once and opens the record file anew', async () => {
    await configure('records: { sink: file, file: records.ndjson }\n')
    const serving = await serve()
    const file = join(dir, 'records.ndjson')
    await ask(serving.gateway, '/reports/1', token)
    await until(async () => (await readFile(file, 'utf8')) !== '')
    await rename(file, `${file}.1`)
    serving.child.kill('SIGHUP')
    await until(() => Promise.resolve(serving.stderr().includes('Policies read again')))
    await ask(serving.gateway, '/reports/rotated', token)
    await until(async () =>
      (await readFile(file, 'utf8').catch(() => '')).includes('/reports/rotated'),
    )
    expect(await readFile(`${file}.1`, 'utf8')).not.toContain('rotated')
    expect(serving.stdout()).toBe('')
  })
})

describe('an error nobody handled', () => {
  test.each([
    ['thrown', 'throw error'],
    ['rejected', 'void Promise.reject(error)'],
  ])('and %s is logged without its secrets and ends the process with 1', async (_, statement) => {
    const secrets = ['an-opaque-access-token', token]
    const fields = { headers: { authorization: secrets[0] } }
    const error = `const error = Object.assign(
      new Error('lost state of Authorization: Bearer ${secrets.join(' and ')}'),
      ${JSON.stringify(fields)},
    )`
    const code = `process.once('SIGUSR2', () => { ${error}; ${statement} })`
    // In a file: the stack names where the error was made.
    await writeFile(join(dir, 'fail.mjs'), code)
    const serving = await serve({ nodeOptions: ['--import', join(dir, 'fail.mjs')] })
    serving.child.kill('SIGUSR2')
    const { code: exit, stderr } = await serving.finished
    expect(exit).toBe(1)
    const last = JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as Record<string, unknown>
    expect(last).toMatchObject({
      level: 'error',
      err: { name: 'Error', message: expect.stringMatching(/^lost state/u) as string },
    })
    expect(secrets.filter((secret) => stderr.includes(secret))).toEqual([])
    expect(stderr).not.toContain(token.slice(-40))
  })
})

describe('what keeps it from starting', () => {
  test('errors in the configuration, all at once: 2', async () => {
    await configure('gateway: { prot: 1, drain_timeout: 5h }\n')
    const { code, stdout, stderr } = await start()
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/sallyport\.yaml:\d+:\d+: error: unknown key "prot"/u)
    expect(stderr).toContain('hint: did you mean "port"?')
    expect(stderr).toContain('"drain_timeout" must be between 0s and 1h, not 5h')
    expect(stderr).toContain('2 errors in 1 file')
  })

  test('no configuration: 2, with the way to name one', async () => {
    const { code, stderr } = await runCli(['serve'], { cwd: base })
    expect(code).toBe(2)
    expect(stderr).toContain('sallyport.yaml')
    expect(stderr).toContain('--config')
  })

  test('errors in the policies: 2, with their places', async () => {
    await writeFile(join(dir, 'policies', 'report.yaml'), report.replace('[reader]', '[raeder]'))
    const { code, stderr } = await start()
    expect(code).toBe(2)
    expect(stderr).toMatch(/policies\/report\.yaml:6:\d+: error: /u)
  })

  test('no policies: 2', async () => {
    await rm(join(dir, 'policies'), { recursive: true })
    const { code, stderr } = await start()
    expect(code).toBe(2)
    expect(stderr).toContain(join(dir, 'policies'))
  })

  test('a port that is taken: 3, naming the port and how to choose another', async () => {
    const taken = createServer()
    taken.listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    await configure(`gateway: { port: ${port} }\n`)
    const { code, stdout, stderr } = await start()
    taken.close()
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain(
      `Cannot listen on 127.0.0.1:${port} for the gateway: the port is in use`,
    )
    expect(stderr).toContain('"gateway.port" or SALLYPORT_GATEWAY_PORT')
  })

  test('an address this machine does not have: 3', async () => {
    await configure('operations: { host: 192.0.2.1, port: 0 }\n')
    const { code, stderr } = await start()
    expect(code).toBe(3)
    expect(stderr).toContain('no such address')
  })

  test('a record file that cannot be written: 3', async () => {
    await configure('records: { sink: file, file: absent/records.ndjson }\n')
    const { code, stderr } = await start()
    expect(code).toBe(3)
    expect(stderr).toContain(`"${join(dir, 'absent/records.ndjson')}": ENOENT`)
  })

  test('a key file that is not there: 2', async () => {
    await configure('identity_token: { key_file: absent.pem }\n')
    const { code, stderr } = await start()
    expect(code).toBe(2)
    expect(stderr).toContain('absent.pem')
  })
})

function noop(): void {}

async function configure(more: string): Promise<void> {
  const own = (group: string, text: string): string =>
    more.startsWith(`${group}:`) ? '' : `${group}: ${text}\n`
  const text = [
    own('gateway', '{ port: 0 }'),
    'check: { port: 0, allow_unauthenticated: true }\n',
    own('operations', '{ port: 0 }'),
    `issuers: [{ issuer: '${issuer.issuer}', audiences: [apps], algorithms: [ES256] }]\n`,
    more,
  ]
  await writeFile(join(dir, 'sallyport.yaml'), text.join(''))
}

function start(): ReturnType<typeof runCli> {
  return runCli(['serve', '--config', join(dir, 'sallyport.yaml')])
}

async function serve(
  options: {
    readonly nodeOptions?: readonly string[]
    readonly environment?: Readonly<Record<string, string>>
    readonly args?: readonly string[]
    readonly readyStatus?: number
  } = {},
): Promise<Serving> {
  const { args = ['--config', join(dir, 'sallyport.yaml')], readyStatus = 200, ...rest } = options
  const spawned = spawnCli(['serve', ...args], rest)
  running.push(spawned)
  const listening = /^\{.*"message":"Sallyport is listening"\}$/mu
  await until(() => Promise.resolve(listening.test(spawned.stderr())))
  const line = JSON.parse(listening.exec(spawned.stderr())?.[0] ?? '{}') as Record<
    'gateway' | 'check' | 'operations',
    { readonly port: number }
  >
  const { port } = line.operations
  await until(async () => (await ask(port, '/readyz')).status === readyStatus)
  return {
    ...spawned,
    gateway: line.gateway.port,
    check: line.check.port,
    operations: port,
  }
}

function ask(port: number, path: string, bearer?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const host =
      path.startsWith('/reports') || path === '/elsewhere' ? 'reports.localhost' : 'localhost'
    const headers = { host, ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) }
    const req = request({ host: '127.0.0.1', port, path, headers, agent: false }, (res) => {
      let body = ''
      res.setEncoding('utf8')
      res.on('data', (text: string) => {
        body += text
      })
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }))
      res.on('error', reject)
    })
    req.on('error', reject)
    req.end()
  })
}

/** A request in flight: the upstream has it and does not answer until released. */
async function hold({ gateway }: Serving): Promise<{ readonly answer: Promise<Answer> }> {
  release = noop
  const answer = ask(gateway, '/reports/slow', token)
  let early: Answer | null = null
  answer.then(
    (answered) => (early = answered),
    () => null,
  )
  await until(() => Promise.resolve(release !== noop || early !== null))
  expect(early).toBeNull()
  return { answer }
}

async function evaluate(port: number): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}/access/v1/evaluation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      subject: { type: 'user', id: 'ada', properties: { groups: ['readers'] } },
      action: { name: 'read' },
      resource: { type: 'report', id: '1' },
    }),
  })
  return response.json()
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error('not within 60 s')
    await sleep(10)
  }
}
