import { mkdtempSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type CertificateFiles,
  watchCertificates,
} from '../../src/certificates/watch-certificates.ts'
import { defaultListenTlsOptions, type ListenTlsOptions } from '../../src/listen/options.ts'
import { systemClock } from '../../src/model/clock.ts'
import { createRecordingLog } from '../issuers/recording-log.ts'
import { CertificateAuthority, type IssuedCertificate } from '../support/certificate-authority.ts'
import { until } from '../support/until.ts'

const root = new CertificateAuthority('Root')
const folder = mkdtempSync(join(tmpdir(), 'certificates-'))
const certificate = join(folder, 'app.pem')
const key = join(folder, 'app.key')
const [first, second] = [0, 1].map(() => root.issue({ name: 'app', dns: ['app.test'] }))
let files: CertificateFiles | null = null

afterEach(async () => {
  await files?.close()
  files = null
})

function write(pair: IssuedCertificate | undefined): void {
  writeFileSync(certificate, pair?.certificate ?? '')
  writeFileSync(key, pair?.key ?? '')
}

interface Watching extends CertificateFiles {
  readonly renewals: string[]
  readonly registry: Registry
  readonly messages: () => readonly string[]
}

async function watch(changes: Partial<ListenTlsOptions> = {}): Promise<Watching> {
  const renewals: string[] = []
  const registry = new Registry()
  const log = createRecordingLog()
  const opened = await watchCertificates({
    options: {
      gateway: { ...defaultListenTlsOptions, certificates: [{ certificate, key }], ...changes },
      upstreams: [],
    },
    log,
    registry,
    clock: systemClock,
    pollMs: 50,
    renewed: (_, texts) => renewals.push(texts.get(certificate) ?? ''),
  })
  files = opened
  return {
    texts: opened.texts,
    get rejected() {
      return opened.rejected
    },
    reload: () => opened.reload(),
    close: () => opened.close(),
    renewals,
    registry,
    messages: () => log.lines.map((line) => JSON.stringify(line)),
  }
}

describe('a renewed certificate', () => {
  it('is noticed when its files are written over, in any order', async () => {
    write(first)
    const { renewals, registry } = await watch()
    writeFileSync(key, second?.key ?? '')
    writeFileSync(certificate, second?.certificate ?? '')
    await until('the renewal', () => renewals.length > 0)
    expect(renewals).toEqual([second?.certificate])
    const text = await registry.metrics()
    expect(text).toContain('sallyport_tls_reload_total{area="gateway",result="swapped"} 1')
    expect(text).toContain('sallyport_tls_current{area="gateway"} 1')
    const [, seconds] = /expires_timestamp_seconds\{file="[^"]*app.pem"\} (\d+)/.exec(text) ?? []
    expect(Number(seconds)).toBeGreaterThan(Date.now() / 1_000)
  })

  it('is noticed when its files are replaced by renaming', async () => {
    write(first)
    const { renewals } = await watch()
    writeFileSync(`${certificate}.new`, second?.certificate ?? '')
    writeFileSync(`${key}.new`, second?.key ?? '')
    renameSync(`${certificate}.new`, certificate)
    renameSync(`${key}.new`, key)
    await until('the renewal', () => renewals.length > 0)
    expect(renewals).toEqual([second?.certificate])
  })

  it('is noticed behind symbolic links, as Kubernetes renews a secret', async () => {
    const mount = mkdtempSync(join(tmpdir(), 'secret-'))
    for (const [version, pair] of [first, second].entries()) {
      mkdirSync(join(mount, `..${version}`))
      writeFileSync(join(mount, `..${version}`, 'tls.crt'), pair?.certificate ?? '')
      writeFileSync(join(mount, `..${version}`, 'tls.key'), pair?.key ?? '')
    }
    symlinkSync('..0', join(mount, '..data'))
    symlinkSync('..data/tls.crt', join(mount, 'tls.crt'))
    symlinkSync('..data/tls.key', join(mount, 'tls.key'))
    const links = { certificate: join(mount, 'tls.crt'), key: join(mount, 'tls.key') }
    const { renewals } = await watch({ certificates: [links] })
    symlinkSync('..1', join(mount, '..data_tmp'))
    renameSync(join(mount, '..data_tmp'), join(mount, '..data'))
    rmSync(join(mount, '..0'), { recursive: true })
    await until('the renewal', () => renewals.length > 0)
    expect(renewals).toHaveLength(1)
  })

  it('is read at once when asked', async () => {
    write(first)
    const watching = await watch()
    const { renewals } = watching
    await watching.reload()
    expect(renewals).toEqual([])
    write(second)
    await watching.reload()
    expect(renewals).toEqual([second?.certificate])
  })
})

describe('a change that cannot be used', () => {
  it.each<[string, () => void, RegExp]>([
    ['a key that does not fit', () => writeFileSync(key, second?.key ?? ''), /key beside it/],
    [
      'half a file',
      () => writeFileSync(certificate, first?.certificate.slice(0, 200) ?? ''),
      /holds a certificate that cannot be read/,
    ],
    ['a file that is gone', () => rmSync(certificate), /ENOENT/],
    [
      'an expired certificate',
      () => write(root.issue({ name: 'a', dns: ['a.test'], until: -1_000 })),
      /expired on/,
    ],
    [
      'a file of a size no certificate has',
      () => writeFileSync(certificate, 'x'.repeat(1_100_000)),
      /larger than/,
    ],
  ])('%s is refused as a whole, and said once', async (_, change, reason) => {
    write(first)
    const watching = await watch()
    const { renewals, registry, messages } = watching
    change()
    await watching.reload()
    expect(renewals).toEqual([])
    expect(messages().filter((line) => line.includes('rejected'))).toHaveLength(1)
    expect(messages().join('\n')).toMatch(reason)
    expect(await registry.metrics()).toContain('sallyport_tls_current{area="gateway"} 0')
    expect(watching.rejected).toMatchObject([{ area: 'gateway' }])
    write(first)
    await watching.reload()
    expect(watching.rejected).toEqual([])
    expect(await registry.metrics()).toContain('sallyport_tls_current{area="gateway"} 1')
    renewals.length = 0
    write(second)
    await watching.reload()
    expect(renewals).toEqual([second?.certificate])
    expect(await registry.metrics()).toContain('sallyport_tls_current{area="gateway"} 1')
  })

  it('keeps the process from starting, and says which file it is', async () => {
    write(first)
    writeFileSync(key, second?.key ?? '')
    await expect(watch()).rejects.toThrow(`Cannot use "${certificate}": it is not the certificate`)
    rmSync(key)
    await expect(watch()).rejects.toThrow(`Cannot use "${key}": it cannot be read: ENOENT`)
  })

  it('is two certificates for one name', async () => {
    write(first)
    const other = { certificate: join(folder, 'b.pem'), key: join(folder, 'b.key') }
    writeFileSync(other.certificate, second?.certificate ?? '')
    writeFileSync(other.key, second?.key ?? '')
    const certificates = [{ certificate, key }, other]
    await expect(watch({ certificates })).rejects.toThrow(/names app.test, as another does/)
  })
})
