import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto'

/** Issues certificates for tests: ECDSA on P-256, X.509 version 3 (RFC 5280), written out in DER. */
export class CertificateAuthority {
  readonly certificate: string
  readonly #name: string
  readonly #key: KeyObject

  /** Its own root, or an intermediate of `issuer`. */
  constructor(name: string, issuer: CertificateAuthority | null = null) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#name = name
    this.#key = privateKey
    const signer = issuer ?? this
    this.certificate = signer.#sign(publicKey, { name, isAuthority: true })
  }

  issue(wanted: WantedCertificate): IssuedCertificate {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const key = wanted.key === undefined ? pair.privateKey : createPrivateKey(wanted.key)
    const publicKey = wanted.key === undefined ? pair.publicKey : createPublicKey(wanted.key)
    return {
      certificate: this.#sign(publicKey, wanted),
      key: key.export({ type: 'pkcs8', format: 'pem' }),
    }
  }

  #sign(
    publicKey: KeyObject,
    wanted: WantedCertificate & { readonly isAuthority?: boolean },
  ): string {
    const body = sequence(
      tagged(0xa0, integer(Buffer.from([2]))),
      integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
      ecdsaWithSha256,
      nameOf(this.#name),
      sequence(timeOf(wanted.from ?? -hourMs), timeOf(wanted.until ?? 90 * 24 * hourMs)),
      nameOf(wanted.name),
      publicKey.export({ type: 'spki', format: 'der' }),
      tagged(0xa3, sequence(...extensionsOf(wanted))),
    )
    const signature = sign('sha256', body, this.#key)
    const der = sequence(body, ecdsaWithSha256, element(0x03, Buffer.from([0]), signature))
    return new X509Certificate(der).toString()
  }
}

export interface WantedCertificate {
  /** Common name of its subject. */
  readonly name: string
  /** Names and addresses it stands for. */
  readonly dns?: readonly string[]
  readonly ip?: readonly (readonly number[])[]
  readonly uri?: readonly string[]
  /** From now, in milliseconds. */
  readonly from?: number
  readonly until?: number
  readonly usage?: 'server' | 'client'
  /** A key to certify; default: a new one. */
  readonly key?: string
}

export interface IssuedCertificate {
  readonly certificate: string
  readonly key: string
}

const hourMs = 3_600_000

function extensionsOf(wanted: WantedCertificate & { readonly isAuthority?: boolean }): Buffer[] {
  const constraints =
    wanted.isAuthority === true ? sequence(Buffer.from('0101ff', 'hex')) : sequence()
  const usage = wanted.isAuthority === true ? '03020106' : '03020780'
  const extensions = [
    extension('551d13', constraints, true),
    extension('551d0f', Buffer.from(usage, 'hex'), true),
  ]
  const names = [
    ...(wanted.dns ?? []).map((name) => element(0x82, Buffer.from(name))),
    ...(wanted.uri ?? []).map((uri) => element(0x86, Buffer.from(uri))),
    ...(wanted.ip ?? []).map((octets) => element(0x87, Buffer.from(octets))),
  ]
  if (names.length > 0) extensions.push(extension('551d11', sequence(...names)))
  if (wanted.usage !== undefined) {
    const purpose = wanted.usage === 'server' ? '2b06010505070301' : '2b06010505070302'
    extensions.push(extension('551d25', sequence(element(0x06, Buffer.from(purpose, 'hex')))))
  }
  return extensions
}

function extension(identifier: string, value: Buffer, critical = false): Buffer {
  return sequence(
    element(0x06, Buffer.from(identifier, 'hex')),
    ...(critical ? [Buffer.from('0101ff', 'hex')] : []),
    element(0x04, value),
  )
}

function nameOf(commonName: string): Buffer {
  const attribute = sequence(
    element(0x06, Buffer.from('550403', 'hex')),
    element(0x0c, Buffer.from(commonName)),
  )
  return sequence(element(0x31, attribute))
}

/** GeneralizedTime, which RFC 5280 asks for only from 2050 on and readers take at any time. */
function timeOf(fromNowMs: number): Buffer {
  const digits = new Date(Date.now() + fromNowMs).toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  return element(0x18, Buffer.from(digits))
}

function integer(bytes: Buffer): Buffer {
  return element(0x02, bytes)
}

function tagged(tag: number, content: Buffer): Buffer {
  return element(tag, content)
}

function sequence(...parts: Buffer[]): Buffer {
  return element(0x30, ...parts)
}

function element(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 255]), content])
}

const ecdsaWithSha256 = sequence(element(0x06, Buffer.from('2a8648ce3d040302', 'hex')))
