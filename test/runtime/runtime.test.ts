import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Config, defaultConfig } from '../../src/config/config.ts'
import { defaultRedisOptions, noRedisSecrets, type RedisOptions } from '../../src/redis/options.ts'
import { startRuntime } from '../../src/runtime/runtime.ts'
import { recordingLog } from './recording-log.ts'
import { CertificateAuthority } from '../support/certificate-authority.ts'
import { freePorts } from '../support/free-ports.ts'

let dir = ''

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sallyport-runtime-'))
  await writeFile(join(dir, 'report.yaml'), 'resource: report\nactions: [read]\nrules: []\n')
})

afterEach(() => rm(dir, { recursive: true }))

describe('a runtime', () => {
  test('answers on three listeners and is gone after close', async () => {
    const { log, lines } = recordingLog()
    const { addresses, close } = await startRuntime(configure(), { log })
    const url = `http://127.0.0.1:${addresses.operations.port}`
    expect((await fetch(`${url}/livez`)).status).toBe(200)
    const said = lines.map(({ message }) => message)
    expect(said).toContain('Sallyport is listening')
    await close()
    for (const { port } of Object.values(addresses)) {
      await expect(fetch(`http://127.0.0.1:${port}/livez`)).rejects.toThrow('fetch failed')
    }
  })

  test('leaves no handle behind, however often it is started', async () => {
    const cycle = async (): Promise<void> => {
      const { close } = await startRuntime(configure(), { log: recordingLog().log })
      await close()
    }
    await cycle()
    await sleep(50)
    const before = countResources()
    for (let round = 0; round < 5; round += 1) await cycle()
    const grown = (): [string, number][] =>
      [...countResources()].filter(([kind, count]) => count > (before.get(kind) ?? 0))
    // Not "expect.poll", which holds a timer of its own while it asks.
    for (let tries = 0; tries < 100 && grown().length > 0; tries += 1) await sleep(50)
    expect(grown()).toEqual([])
  })

  test('closes once, whoever asks how often', async () => {
    const { close } = await startRuntime(configure(), { log: recordingLog().log })
    await Promise.all([close(), close()])
    await close()
  })
})

describe('certificates towards Redis', () => {
  test('are those that were found good, though the file was half written when it was read', async () => {
    const { certificate, key } = new CertificateAuthority('clients').issue({ name: 'sidecar' })
    const [certificateFile, keyFile] = [join(dir, 'own.pem'), join(dir, 'own.key')]
    await Promise.all([writeFile(certificateFile, certificate), writeFile(keyFile, key)])
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const connected = once(server, 'connection')
    const usual = configure()
    const redis: RedisOptions = {
      ...defaultRedisOptions,
      nodes: [`127.0.0.1:${(server.address() as AddressInfo).port}`],
      tls: true,
      certificateFile,
      keyFile,
      secrets: {
        ...noRedisSecrets,
        sealKeys: [{ id: 'k1', secret: Buffer.alloc(32, 7) }],
        certificate,
        key: key.slice(0, key.length / 2),
      },
    }
    const { close } = await startRuntime({ ...usual, redis }, { log: recordingLog().log })
    await connected
    await close()
    server.close()
  })
})

describe('a start that fails', () => {
  test.each(['gateway', 'check', 'operations'] as const)(
    'because of the port of "%s" gives the other ports back',
    async (group) => {
      const taken = createServer().listen(0, '127.0.0.1')
      await once(taken, 'listening')
      const ports = await choosePorts()
      const { port } = taken.address() as AddressInfo
      const config = configure({ ...ports, [group]: port })
      const failing = startRuntime(config, { log: recordingLog().log })
      await expect(failing).rejects.toMatchObject({ code: 'ERR_LISTEN' })
      for (const [other, free] of Object.entries(ports)) {
        if (other === group) continue
        const probe = createServer().listen(free, '127.0.0.1')
        await once(probe, 'listening')
        probe.close()
      }
      taken.close()
    },
  )

  test('because of a key file throws before anything listens', async () => {
    const config = configure()
    const identityToken = { ...config.identityToken, keyFile: join(dir, 'absent.pem') }
    const failing = startRuntime({ ...config, identityToken }, { log: recordingLog().log })
    await expect(failing).rejects.toMatchObject({ code: 'ERR_READ' })
  })
})

function countResources(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}

type Ports = Readonly<Record<'gateway' | 'check' | 'operations', number>>

function configure(ports: Ports = { gateway: 0, check: 0, operations: 0 }): Config {
  return {
    ...defaultConfig,
    gateway: { ...defaultConfig.gateway, port: ports.gateway },
    check: { ...defaultConfig.check, port: ports.check, allowUnauthenticated: true },
    operations: { ...defaultConfig.operations, port: ports.operations },
    records: { ...defaultConfig.records, sink: 'none' },
    policies: { ...defaultConfig.policies, dir },
  }
}

async function choosePorts(): Promise<Ports> {
  const [gateway = 0, check = 0, operations = 0] = await freePorts(3)
  return { gateway, check, operations }
}
