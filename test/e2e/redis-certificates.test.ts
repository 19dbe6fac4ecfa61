import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CertificateAuthority } from '../support/certificate-authority.ts'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { type Sallyport, startSallyport } from '../support/sallyport.ts'
import { until } from '../support/until.ts'

const workers = 2
/** Each worker has a connection of its own, and the primary one for limits. */
const processes = workers + 1

let redis: RedisServer
let sallyport: Sallyport

/** What a server and its clients believe and show, in files of a folder. */
async function issue(dir: string, authority: CertificateAuthority, name: string): Promise<void> {
  const { certificate, key } = authority.issue({ name, dns: [name] })
  await Promise.all([
    writeFile(join(dir, 'ca.pem'), authority.certificate),
    writeFile(join(dir, 'own.pem'), certificate),
    writeFile(join(dir, 'own.key'), key),
  ])
}

beforeAll(async () => {
  const authority = new CertificateAuthority('first')
  redis = await startRedis({
    prepare: async (dir, port) => {
      await issue(dir, authority, 'redis.test')
      const files = ['tls-cert-file own.pem', 'tls-key-file own.key', 'tls-ca-cert-file ca.pem']
      return [`tls-port ${port + 1}`, ...files, 'tls-auth-clients yes']
    },
  })
  sallyport = await startSallyport({
    config: {
      gateway: { workers },
      redis: {
        nodes: [`127.0.0.1:${redis.port + 1}`],
        tls: true,
        server_name: 'redis.test',
        authorities: 'ca.pem',
        certificate: 'own.pem',
        key: 'own.key',
        seal_keys_file: 'seal-keys',
        timeout: '500ms',
      },
    },
    prepare: async (dir) => {
      await issue(dir, authority, 'sidecar')
      await writeFile(join(dir, 'seal-keys'), `k1 ${Buffer.alloc(32, 7).toString('base64')}\n`)
    },
  })
})

afterAll(async () => {
  await sallyport.remove()
  await redis.remove()
})

async function usable(): Promise<number> {
  return (await sallyport.metrics()).get('sallyport_redis_usable') ?? 0
}

it('are renewed for all processes without a restart, a change that is wrong not at all', async () => {
  await until('Redis to be used', async () => (await usable()) === processes)

  await writeFile(join(sallyport.dir, 'own.key'), 'no key at all\n')
  const { reason } = await sallyport.logged('Changed certificates towards Redis rejected')
  expect(reason).toContain(join(sallyport.dir, 'own.pem'))
  expect(reason).toContain(`does not fit "${join(sallyport.dir, 'own.key')}"`)
  expect(reason).not.toContain('no key at all')

  // Another authority altogether: who has the old files is refused, and refuses.
  const second = new CertificateAuthority('second')
  await redis.kill()
  await issue(redis.dir, second, 'redis.test')
  await redis.start()
  await until('Redis to be away', async () => (await usable()) === 0)
  await issue(sallyport.dir, second, 'sidecar')
  await sallyport.logged('Certificates towards Redis read again')
  await until('Redis to be used again', async () => (await usable()) === processes)
})

it('are no change that holds up new workers, who get the last good ones', async () => {
  const good = await readFile(join(sallyport.dir, 'own.key'), 'utf8')
  await writeFile(join(sallyport.dir, 'own.key'), 'no key at all\n')
  sallyport.signal('SIGUSR2')
  await sallyport.logged('Serving from new workers')
  await until('Redis to be used by the new ones', async () => (await usable()) === processes)
  await writeFile(join(sallyport.dir, 'own.key'), good)
})

it('are those of now for a worker that comes later', async () => {
  const { pid } = sallyport
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  process.kill(Number(children[0]), 'SIGKILL')
  await sallyport.logged('A worker was replaced')
  await until('Redis to be used by the new one', async () => (await usable()) === processes)
})
