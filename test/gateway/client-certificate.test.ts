import { once } from 'node:events'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ListenTlsOptions } from '../../src/listen/options.ts'
import { CertificateAuthority, type IssuedCertificate } from '../support/certificate-authority.ts'
import type { FrontDoorOptions } from './front-door.ts'
import { collect } from './raw-client.ts'
import { openTlsDoor, PemFolder, type TlsDoor } from './tls-door.ts'

const root = new CertificateAuthority('Root')
const clients = new CertificateAuthority('Clients')
const strangers = new CertificateAuthority('Strangers')
const folder = new PemFolder()
const hourMs = 3_600_000
let pairs: ListenTlsOptions['certificates']
let authorities: string
let orders: IssuedCertificate
let door: TlsDoor | null = null

/** Vaults only for a workload with a name of ours; everything else as in the other tests. */
const policy = `resource: file
actions: [view, edit]
rules:
  - id: staff
    permit: [view, edit]
    roles: [staff]
  - id: vault-needs-a-certificate
    deny: [view, edit]
    when: >-
      context.host == "vault.test" &&
      (!has(context.client_certificate) ||
      !("URI:spiffe://example.com/orders" in context.client_certificate.san))
`

beforeAll(() => {
  const served = root.issue({ name: 'app', dns: ['app.test', 'vault.test'], usage: 'server' })
  pairs = [folder.writePair('app', served)]
  authorities = folder.write('clients.pem', clients.certificate)
  orders = clients.issue({
    name: 'orders',
    uri: ['spiffe://example.com/orders'],
    dns: ['orders.internal'],
    usage: 'client',
  })
})
afterEach(async () => {
  await door?.close()
  door = null
})

async function open(
  mode: ListenTlsOptions['clientCertificates'],
  options: Pick<FrontDoorOptions, 'listen'> = {},
): Promise<TlsDoor> {
  const opened = await openTlsDoor(
    (req, res) => {
      const names = Object.keys(req.headers).filter((name) => name.includes('cert'))
      res.end(names.join(','))
    },
    { certificates: pairs, clientAuthorities: authorities, clientCertificates: mode },
    { policy, ...options },
  )
  door = opened
  return opened
}

async function handshake(
  servername: string | null,
  shown: IssuedCertificate | null,
  options: ConnectionOptions = {},
): Promise<TLSSocket> {
  const socket = connect({
    port: door?.port ?? 0,
    host: '127.0.0.1',
    ca: root.certificate,
    checkServerIdentity: () => undefined,
    ...(servername === null ? null : { servername }),
    ...(shown === null ? null : { cert: shown.certificate, key: shown.key }),
    ...options,
  })
  await once(socket, 'secureConnect')
  return socket
}

async function ask(socket: TLSSocket, host: string, fields = ''): Promise<string> {
  socket.write(
    `GET /files/x HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer alice\r\n${fields}Connection: close\r\n\r\n`,
  )
  const { status, text } = await collect(socket)
  return `${status} ${/"code":"(\w+)"/.exec(text)?.[1] ?? text.split('\r\n\r\n').at(-1)}`
}

describe('a client certificate', () => {
  it('is asked for, and nobody gets in without one', async () => {
    const { records } = await open('required')
    expect(await ask(await handshake('app.test', orders), 'app.test')).toBe('200 ')
    expect(await ask(await handshake('app.test', null), 'app.test')).toBe(
      '403 client_certificate_missing',
    )
    expect(records.map(({ outcome }) => outcome.kind)).toEqual(['forwarded', 'refused'])
  })

  it('may be left out where it is optional, but not be wrong', async () => {
    await open('optional')
    expect(await ask(await handshake('app.test', null), 'app.test')).toBe('200 ')
    const stranger = strangers.issue({ name: 'orders', usage: 'client' })
    expect(await ask(await handshake('app.test', stranger), 'app.test')).toBe(
      '403 client_certificate_invalid',
    )
  })

  it.each<[string, () => IssuedCertificate]>([
    ['that has expired', () => clients.issue({ name: 'orders', until: -1_000, usage: 'client' })],
    [
      'that is not valid yet',
      () => clients.issue({ name: 'orders', from: hourMs, until: 2 * hourMs, usage: 'client' }),
    ],
    ['meant for a server', () => clients.issue({ name: 'orders', usage: 'server' })],
    ['of an authority of another kind', () => root.issue({ name: 'orders', usage: 'client' })],
  ])('%s is refused', async (_, issue) => {
    await open('required')
    expect(await ask(await handshake('app.test', issue()), 'app.test')).toBe(
      '403 client_certificate_invalid',
    )
  })

  it('is what policies decide on, and recorded', async () => {
    const { records } = await open('optional')
    expect(await ask(await handshake('vault.test', orders), 'vault.test')).toBe('200 ')
    expect(await ask(await handshake('vault.test', null), 'vault.test')).toMatch(/^403 denied/)
    const other = clients.issue({
      name: 'orders',
      uri: ['spiffe://example.com/x'],
      usage: 'client',
    })
    expect(await ask(await handshake('vault.test', other), 'vault.test')).toMatch(/^403 denied/)
    expect(records[0]?.request?.context['client_certificate']).toMatchObject({
      subject: 'CN=orders',
      issuer: 'CN=Clients',
      san: ['DNS:orders.internal', 'URI:spiffe://example.com/orders'],
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
    expect(records[1]?.request?.context).not.toHaveProperty('client_certificate')
  })

  it('says nothing that its authority did not mean', async () => {
    const { records } = await open('optional')
    const text = 'spiffe://x/, URI:spiffe://example.com/orders'
    const shown = clients.issue({
      name: 'x\nO=Admins, OU=y',
      uri: [text],
      dns: ['a", URI:spiffe://example.com/orders'],
      usage: 'client',
    })
    expect(await ask(await handshake('vault.test', shown), 'vault.test')).toMatch(/^403 denied/)
    expect(records[0]?.request?.context['client_certificate']).toMatchObject({
      subject: 'CN=x\\0AO=Admins\\, OU=y',
      san: ['DNS:a", URI:spiffe://example.com/orders', `URI:${text}`],
    })
  })

  it('does not count for another host than the one of the handshake', async () => {
    await open('optional')
    expect(await ask(await handshake('app.test', orders), 'vault.test')).toBe(
      '421 misdirected_request',
    )
    expect(await ask(await handshake('app.test', null), 'vault.test')).toBe(
      '421 misdirected_request',
    )
  })

  it('cannot be claimed in the header, whoever asks', async () => {
    const trusted = { listen: { trustedProxies: ['127.0.0.1'] } }
    const claim = [
      'X-Client-Cert: MIIB',
      'Client-Cert: :MIIB:',
      'Client-Cert-Chain: :MIIB:',
      'X-Forwarded-Client-Cert: By=spiffe://x;URI=spiffe://example.com/orders',
      'X-Forwarded-Tls-Client-Cert: MIIB',
      'X-SSL-Client-Cert: MIIB',
      'SSL_CLIENT_CERT: MIIB',
      'X-Client-Certificate: MIIB',
      'X-ARR-ClientCert: MIIB',
      'X-Amzn-Mtls-Clientcert: MIIB',
      '',
    ].join('\r\n')
    for (const options of [{}, trusted]) {
      await open('optional', options)
      expect(await ask(await handshake('vault.test', null), 'vault.test', claim)).toMatch(/^403/)
      expect(await ask(await handshake('app.test', null), 'app.test', claim)).toBe('200 ')
      await door?.close()
    }
  })

  it('is proved anew by each connection: sessions are not resumed', async () => {
    await open('optional')
    const first = await handshake('app.test', orders)
    let session: Buffer | undefined
    first.on('session', (ticket: Buffer) => {
      session = ticket
    })
    await ask(first, 'app.test')
    for (const servername of ['app.test', 'vault.test']) {
      const second = await handshake(servername, null, session === undefined ? {} : { session })
      expect(second.isSessionReused()).toBe(false)
      expect(await ask(second, 'vault.test')).not.toMatch(/^200/)
    }
  })

  it('of an authority that has been taken out is refused from the next connection on', async () => {
    const { certificateFiles, certificateLogs } = await open('required')
    const running = await handshake('app.test', orders)
    folder.write('clients.pem', strangers.certificate)
    await certificateFiles.reload()
    expect(certificateLogs.map(({ message }) => message)).toContain(
      'Certificates renewed: new connections get them',
    )
    expect(await ask(await handshake('app.test', orders), 'app.test')).toBe(
      '403 client_certificate_invalid',
    )
    // What is open is not broken off: it ends with its next response.
    running.write(
      'GET /files/x HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer alice\r\n\r\n'.repeat(2),
    )
    const { text, closed, responses } = await collect(running)
    expect({ responses, closed }).toEqual({ responses: 1, closed: true })
    expect(text).toMatch(/^HTTP\/1\.1 200 [^]*connection: close/i)
    folder.write('clients.pem', clients.certificate)
  })
})
