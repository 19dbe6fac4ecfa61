import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { get } from 'node:https'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  audience,
  createProviderKey,
  type OpenidProvider,
  startOpenidProvider,
} from '../authenticate/openid-provider.ts'
import { policyText } from '../gateway/front-door.ts'
import { ask } from '../support/ask.ts'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { CertificateAuthority } from '../support/certificate-authority.ts'
import { type Sallyport, startSallyport } from '../support/sallyport.ts'
import { until } from '../support/until.ts'
import { startUpstream, type Upstream } from '../support/upstream.ts'

const root = resolve(import.meta.dirname, '../..')
const authority = new CertificateAuthority('Test authority')

/** The command of the documentation, up to the program. */
const [, command = ''] =
  /```sh\n(node --permission[^`]*)\/opt\/sallyport\/dist\/cli\/main\.js serve/.exec(
    readFileSync(join(root, 'docs/operations.md'), 'utf8'),
  ) ?? []
const documented = command.split(/[\s\\]+/).filter((word) => word.startsWith('--'))

/** The same options for a program and a folder that lie elsewhere. */
function optionsFor(dir: string): string[] {
  return documented.map((option) =>
    option
      .replace('/opt/sallyport', root)
      .replace('/etc/sallyport', dir)
      .replace('/var/log/sallyport', join(dir, 'records')),
  )
}

let provider: OpenidProvider
let upstream: Upstream
let redis: RedisServer
let headers: { readonly authorization: string }

beforeAll(async () => {
  provider = await startOpenidProvider('ES256', [await createProviderKey('one', 'ES256')])
  upstream = await startUpstream((_, res) => res.end('done'))
  redis = await startTlsRedis()
  headers = { authorization: `Bearer ${(await provider.signIn()).accessToken}` }
})

afterAll(async () => {
  await upstream.close()
  await provider.close()
  await redis.remove()
})

function startTlsRedis(): Promise<RedisServer> {
  return startRedis({
    prepare: async (dir, port) => {
      const { certificate, key } = authority.issue({ name: 'redis', dns: ['redis.test'] })
      await writeFile(join(dir, 'own.pem'), certificate)
      await writeFile(join(dir, 'own.key'), key)
      await writeFile(join(dir, 'ca.pem'), authority.certificate)
      return [
        `tls-port ${port + 1}`,
        'tls-cert-file own.pem',
        'tls-key-file own.key',
        'tls-ca-cert-file ca.pem',
        'tls-auth-clients no',
      ]
    },
  })
}

async function start(workers: number): Promise<Sallyport> {
  const sallyport = await startSallyport({
    upstream: upstream.origin,
    nodeOptions: optionsFor,
    config: {
      gateway: {
        workers,
        tls: { certificates: [{ certificate: 'tls.pem', key: 'tls.key' }] },
      },
      issuers: [{ issuer: provider.issuer, audiences: [audience] }],
      limits: { subject: '1000/s' },
      redis: {
        nodes: [`127.0.0.1:${redis.port + 1}`],
        server_name: 'redis.test',
        tls: true,
        authorities: 'redis-authority.pem',
        seal_keys_file: 'seal-keys',
        // The machine may be busy with other tests.
        timeout: '500ms',
      },
      records: { file: 'records/records.ndjson' },
    },
    prepare: async (dir) => {
      const { certificate, key } = authority.issue({ name: 'localhost', dns: ['localhost'] })
      await mkdir(join(dir, 'records'))
      await writeFile(join(dir, 'tls.pem'), certificate)
      await writeFile(join(dir, 'tls.key'), key)
      await writeFile(join(dir, 'redis-authority.pem'), authority.certificate)
      await writeFile(join(dir, 'seal-keys'), `k1 ${Buffer.alloc(32, 7).toString('base64')}\n`)
    },
  })
  const isReady = async (): Promise<boolean> =>
    (await ask(sallyport.operations, '/readyz')).status === 200
  await until('readiness', isReady)
  return sallyport
}

function statusOf(sallyport: Sallyport, path: string): Promise<number> {
  const { port } = new URL(sallyport.gateway)
  return new Promise((answered, reject) => {
    const asked = get(
      {
        host: '127.0.0.1',
        servername: 'localhost',
        port,
        path,
        agent: false,
        ca: authority.certificate,
        headers: { ...headers, host: 'localhost' },
      },
      (res) => {
        res.resume()
        answered(res.statusCode ?? 0)
      },
    )
    asked.on('error', reject)
  })
}

describe.each([1, 2])('under the documented permissions %d process(es)', (workers) => {
  let sallyport: Sallyport
  beforeAll(async () => {
    sallyport = await start(workers)
  })
  afterAll(() => sallyport.remove())

  it('serve permits and denials over TLS, record them, and take over changed policies', async () => {
    expect(await statusOf(sallyport, '/files/a')).toBe(200)
    expect(await statusOf(sallyport, '/files/vault')).toBe(403)
    const file = join(sallyport.policiesDir, 'file.yaml')
    await writeFile(file, policyText.replace('permit: [view, edit]', 'permit: [edit]'))
    await until('the change', async () => (await statusOf(sallyport, '/files/a')) === 403)
    const records = join(sallyport.dir, 'records/records.ndjson')
    await until('records', async () => (await readFile(records, 'utf8')).split('\n').length > 3)
    await rename(records, `${records}.1`)
    sallyport.signal('SIGHUP')
    const isReopened = async (): Promise<boolean> => {
      await statusOf(sallyport, '/files/vault')
      return (await readFile(records, 'utf8').catch(() => '')) !== ''
    }
    await until('the new file', isReopened)
  })

  it('count together in a Redis that is reached over TLS', async () => {
    await until(
      'Redis to be used',
      async () => ((await sallyport.metrics()).get('sallyport_redis_usable') ?? 0) >= workers,
    )
    await redis.ask('FLUSHALL')
    await until('a bucket', async () => {
      await statusOf(sallyport, '/files/vault')
      return (await redis.keys('*:bucket:*')).length > 0
    })
  })

  it('still know their own memory, and say nothing that is not JSON', async () => {
    const metrics = await sallyport.metrics()
    expect(metrics.get('process_resident_memory_bytes')).toBeGreaterThan(1e6)
    const lines = sallyport.output().trimEnd().split('\n')
    expect(lines.filter((line) => !line.startsWith('{'))).toEqual([])
  })

  it('end in order', async () => {
    sallyport.signal('SIGTERM')
    expect(await sallyport.exited).toBe(0)
  })
})

it('takes everything else away: files, programs, threads', async () => {
  const code = `
const { readFileSync, writeFileSync } = await import('node:fs')
const { spawnSync } = await import('node:child_process')
const { Worker } = await import('node:worker_threads')
const attempts = {
  read: () => readFileSync('/etc/passwd'),
  write: () => writeFileSync(${JSON.stringify(join(root, 'written-by-a-test'))}, ''),
  thread: () => new Worker('0', { eval: true }),
  evaluate: () => (0, eval)('1'),
  run: () => spawnSync('/bin/true'),
  report: () => {
    if (process.report.getReport().environmentVariables === undefined) throw { code: 'no environment' }
  },
}
const done = {}
for (const [name, attempt] of Object.entries(attempts)) {
  try { attempt(); done[name] = 'done' } catch (error) { done[name] = error.code ?? error.name }
}
console.log(JSON.stringify(done))`
  // As a worker is started: without the permission to start others.
  const options = optionsFor('/nowhere').filter((option) => option !== '--allow-child-process')
  const child = spawn(process.execPath, [...options, '--input-type=module', '-e', code])
  let said = ''
  for await (const chunk of child.stdout) said += String(chunk)
  expect(JSON.parse(said)).toEqual({
    read: 'ERR_ACCESS_DENIED',
    write: 'ERR_ACCESS_DENIED',
    thread: 'ERR_ACCESS_DENIED',
    evaluate: 'EvalError',
    run: 'ERR_ACCESS_DENIED',
    report: 'no environment',
  })
})

it('is how the image starts', () => {
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8')
  const entry = /^ENTRYPOINT (\[[^\]]*\])$/m.exec(text)?.[1] ?? '[]'
  const [node, ...words] = JSON.parse(entry.replaceAll('\\\n', '')) as string[]
  expect(node).toBe('/usr/local/bin/node')
  expect(words.pop()).toBe('/app/dist/cli/main.js')
  expect(words.map((word) => word.replace('/app', '/opt/sallyport'))).toEqual(documented)
})
