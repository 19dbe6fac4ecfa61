import { once } from 'node:events'
import { rename, writeFile } from 'node:fs/promises'
import { Agent, createServer, request, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PeerCertificate, TLSSocket } from 'node:tls'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  audience,
  createProviderKey,
  type OpenidProvider,
  startOpenidProvider,
} from '../authenticate/openid-provider.ts'
import { ask } from '../support/ask.ts'
import { CertificateAuthority, type IssuedCertificate } from '../support/certificate-authority.ts'
import { type Sallyport, startSallyport } from '../support/sallyport.ts'
import { until } from '../support/until.ts'

const authority = new CertificateAuthority('Services')
const clients = new CertificateAuthority('Clients')
const gatewayName = { name: 'first', dns: ['app.test'], usage: 'server' } as const
const orders = clients.issue({ name: 'orders', dns: ['orders.internal'], usage: 'client' })

let provider: OpenidProvider
let upstream: Server
let sallyport: Sallyport
let authorization = ''
/** Who the upstream was spoken to by. */
const callers: string[] = []

beforeAll(async () => {
  provider = await startOpenidProvider('ES256', [await createProviderKey('one', 'ES256')])
  const app = authority.issue({ name: 'app', dns: ['app.internal'], usage: 'server' })
  upstream = createServer(
    {
      cert: app.certificate,
      key: app.key,
      ca: authority.certificate,
      requestCert: true,
      rejectUnauthorized: true,
    },
    (req, res) => {
      callers.push(String((req.socket as TLSSocket).getPeerCertificate().subject.CN))
      res.end('done')
    },
  )
  upstream.listen(0, '127.0.0.1')
  await once(upstream, 'listening')
  const origin = `https://127.0.0.1:${(upstream.address() as AddressInfo).port}`
  sallyport = await startSallyport({
    upstream: origin,
    config: {
      gateway: {
        workers: 2,
        tls: {
          certificates: [{ certificate: 'gateway.pem', key: 'gateway.key' }],
          client_certificates: { authorities: 'clients.pem' },
        },
      },
      upstreams: {
        tls: [
          {
            upstream: origin,
            server_name: 'app.internal',
            authorities: 'services.pem',
            certificate: 'towards.pem',
            key: 'towards.key',
            min_version: 1.3,
          },
        ],
      },
      issuers: [{ issuer: provider.issuer, audiences: [audience] }],
    },
    prepare: async (dir) => {
      await writePair(dir, 'gateway', authority.issue(gatewayName))
      await writePair(dir, 'towards', authority.issue({ name: 'gateway', usage: 'client' }))
      await writeFile(join(dir, 'clients.pem'), clients.certificate)
      await writeFile(join(dir, 'services.pem'), authority.certificate)
    },
  })
  await until('readiness', async () => (await ask(sallyport.operations, '/readyz')).status === 200)
  authorization = `Bearer ${(await provider.signIn()).accessToken}`
})

afterAll(async () => {
  await sallyport.remove()
  upstream.closeAllConnections()
  upstream.close()
  await provider.close()
})

/** As certificate managers do: written beside, renamed into place. */
async function writePair(dir: string, name: string, pair: IssuedCertificate): Promise<void> {
  const parts = [
    [`${name}.pem`, pair.certificate],
    [`${name}.key`, pair.key],
  ] as const
  for (const [file, text] of parts) {
    await writeFile(join(dir, `${file}.new`), text)
    await rename(join(dir, `${file}.new`), join(dir, file))
  }
}

interface Answer {
  readonly status: number
  /** Common name of the certificate that was shown. */
  readonly shown: string
  readonly text: string
}

async function get(agent: Agent | false, pair: IssuedCertificate | null = orders): Promise<Answer> {
  const { port } = new URL(sallyport.gateway)
  return await new Promise((resolve, reject) => {
    const req = request(
      {
        port,
        host: '127.0.0.1',
        servername: 'app.test',
        ca: authority.certificate,
        ...(pair === null ? null : { cert: pair.certificate, key: pair.key }),
        agent,
        path: '/files/report',
        headers: { host: 'app.test', authorization },
      },
      (res) => {
        const shown: PeerCertificate = (res.socket as TLSSocket).getPeerCertificate()
        let text = ''
        res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        res.on('end', () =>
          resolve({ status: res.statusCode ?? 0, shown: String(shown.subject.CN), text }),
        )
      },
    )
    req.on('error', reject)
    req.end()
  })
}

it('both sides prove who they are, towards the client and towards the upstream', async () => {
  expect(await get(false)).toMatchObject({ status: 200, shown: 'first', text: 'done' })
  expect(callers).toEqual(['gateway'])
  const bare = await get(false, null)
  expect(bare.status).toBe(403)
  expect(bare.text).toContain('client_certificate_missing')
  expect(callers).toHaveLength(1)
  const { request: asked } = await until(
    'the record of the permit',
    async () => (await sallyport.records()).find(({ effect }) => effect === 'permit') ?? null,
  )
  expect(asked).toMatchObject({
    context: { scheme: 'https', client_certificate: { subject: 'CN=orders' } },
  })
})

it('a certificate is renewed in every worker, and no request is lost meanwhile', async () => {
  const kept = new Agent({ keepAlive: true, maxSockets: 2 })
  const seen: Answer[] = []
  const ending = new AbortController()
  const load = Array.from({ length: 4 }, async (_, index) => {
    while (!ending.signal.aborted) {
      seen.push(await get(index % 2 === 0 ? kept : false))
      await sleep(5)
    }
  })
  await writePair(sallyport.dir, 'gateway', authority.issue({ ...gatewayName, name: 'second' }))
  await writePair(sallyport.dir, 'towards', authority.issue({ name: 'renewed', usage: 'client' }))
  await until('the new certificate on several new connections', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => get(false)))
    return answers.every(({ shown }) => shown === 'second')
  })
  await until('a few more requests', () => seen.length > 20)
  ending.abort()
  await Promise.all(load)
  // What is open goes on as it is.
  expect(await get(kept)).toMatchObject({ status: 200, shown: 'first' })
  kept.destroy()
  expect(seen.filter(({ status }) => status !== 200)).toEqual([])
  const metrics = await sallyport.metrics()
  expect(metrics.get('sallyport_tls_current{area="gateway"}')).toBe(1)
})
