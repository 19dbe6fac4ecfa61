import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { Certificates } from '../../src/certificates/certificates.ts'
import {
  type CertificateFiles,
  watchCertificates,
} from '../../src/certificates/watch-certificates.ts'
import type { UpstreamTlsOptions } from '../../src/upstream/options.ts'
import { defaultListenTlsOptions, type ListenTlsOptions } from '../../src/listen/options.ts'
import { systemClock } from '../../src/model/clock.ts'
import type { IssuedCertificate } from '../support/certificate-authority.ts'
import { type FrontDoor, type FrontDoorOptions, openFrontDoor } from './front-door.ts'

type Handler = Parameters<typeof openFrontDoor>[0]

export interface TlsDoor extends FrontDoor {
  readonly certificateFiles: CertificateFiles
  /** What the certificates log and count, apart from what the gateway does. */
  readonly certificateLogs: FrontDoor['logs']
  readonly certificateRegistry: Registry
}

/** A folder of PEM files. */
export class PemFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'pem-'))

  write(name: string, text: string): string {
    const file = join(this.path, name)
    writeFileSync(file, text)
    return file
  }

  /** `NAME.pem` and `NAME.key`; `chain` follows the certificate. */
  writePair(
    name: string,
    { certificate, key }: IssuedCertificate,
    chain = '',
  ): { readonly certificate: string; readonly key: string } {
    return {
      certificate: this.write(`${name}.pem`, certificate + chain),
      key: this.write(`${name}.key`, key),
    }
  }
}

/** A front door with certificates read from files, as the process reads them. */
export async function openTlsDoor(
  handler: Handler,
  tls: Partial<ListenTlsOptions> | null,
  options: Omit<FrontDoorOptions, 'upstreamTls'> & {
    readonly upstreamTls?: readonly UpstreamTlsOptions[]
  } = {},
): Promise<TlsDoor> {
  const registry = new Registry()
  const listenTls = tls === null ? null : { ...defaultListenTlsOptions, ...tls }
  const logs: FrontDoor['logs'] = []
  const logAt =
    (level: string) =>
    (fields: object, message: string): void => {
      logs.push({ level, message, fields: fields as Record<string, unknown> })
    }
  const certificateOptions = { gateway: listenTls, upstreams: options.upstreamTls ?? [] }
  const certificateFiles = await watchCertificates({
    options: certificateOptions,
    renewed: (area, texts) => certificates.renew(area, texts),
    log: {
      isLevelEnabled: () => true,
      debug: logAt('debug'),
      info: logAt('info'),
      warn: logAt('warn'),
      error: logAt('error'),
    },
    registry,
    clock: systemClock,
  })
  const certificates = new Certificates(certificateOptions, certificateFiles.texts)
  const door = await openFrontDoor(handler, {
    ...options,
    listen: { ...options.listen, tls: listenTls },
    tls: certificates.gateway,
    upstreamTls: certificates.upstreams,
  })
  return {
    ...door,
    certificateFiles,
    certificateLogs: logs,
    certificateRegistry: registry,
    close: async () => {
      await door.close()
      await certificateFiles.close()
    },
  }
}
