import type { Registry } from 'prom-client'
import type { Clock } from '../model/clock.ts'
import { Fault } from '../model/fault.ts'
import type { Log } from '../telemetry/log.ts'
import type { CertificateArea, CertificateOptions, CertificateTexts } from './certificates.ts'
import { buildListenerTls, listenerFiles } from './listener-tls.ts'
import { type CertificateMetrics, createCertificateMetrics } from './metrics.ts'
import { buildUpstreamTls, upstreamFiles } from './upstream-tls.ts'
import { FileProblem, type FileTexts, WatchedFiles } from './watched-files.ts'

export interface CertificateParts {
  readonly options: CertificateOptions
  readonly log: Log
  readonly registry: Registry
  readonly clock: Clock
  /** How often files are looked at; default: every second. */
  readonly pollMs?: number
  /** Files of the area hold something new, and it is good. */
  readonly renewed: (area: CertificateArea, texts: FileTexts) => void
}

/** A change that could not be used; what was there before goes on. */
interface RejectedRenewal {
  readonly area: CertificateArea
  readonly atMs: number
  readonly reason: string
}

export interface CertificateFiles {
  /** Changes that stand rejected. */
  readonly rejected: readonly RejectedRenewal[]
  /** What the files held when they were last found good. */
  readonly texts: CertificateTexts
  /** Reads every file again: what SIGHUP does. */
  reload(): Promise<void>
  close(): Promise<void>
}

/** Throws a Fault (`ERR_READ`) that names the file when one cannot be used. */
export async function watchCertificates(parts: CertificateParts): Promise<CertificateFiles> {
  const { options, clock, registry } = parts
  const metrics = createCertificateMetrics(registry)
  const listenOptions = options.gateway
  const gateway = await follow(parts, metrics, {
    area: 'gateway',
    files: listenOptions === null ? [] : listenerFiles(listenOptions),
    build: (texts) =>
      listenOptions === null ? nothing : buildListenerTls(listenOptions, texts, clock.nowMs()),
  })
  const upstreams = await follow(parts, metrics, {
    area: 'upstreams',
    files: upstreamFiles(options.upstreams),
    build: (texts) => buildUpstreamTls(options.upstreams, texts, clock.nowMs()),
  })
  return {
    get texts() {
      return { gateway: gateway.texts, upstreams: upstreams.texts }
    },
    get rejected() {
      return [gateway.rejected, upstreams.rejected].filter((rejected) => rejected !== null)
    },
    reload: async () => {
      await Promise.all([gateway.reload(), upstreams.reload()])
    },
    close: async () => {
      await Promise.all([gateway.close(), upstreams.close()])
    },
  }
}

interface Expiring {
  readonly expiresAtMs: ReadonlyMap<string, number>
}

const nothing: Expiring = { expiresAtMs: new Map() }

interface Followed {
  readonly area: CertificateArea
  readonly files: readonly string[]
  /** Only to find out whether it can be done. */
  readonly build: (texts: FileTexts) => Expiring | FileProblem
}

interface Following {
  readonly texts: FileTexts
  readonly rejected: RejectedRenewal | null
  reload(): Promise<void>
  close(): Promise<void>
}

interface Found extends Expiring {
  readonly texts: FileTexts
}

async function follow(
  { log, clock, pollMs, renewed }: CertificateParts,
  metrics: CertificateMetrics,
  { area, files, build }: Followed,
): Promise<Following> {
  let rejected: RejectedRenewal | null = null
  const watched = new WatchedFiles<Found>({
    files,
    pollMs,
    build: (texts) => {
      const built = build(texts)
      return built instanceof FileProblem ? built : { texts, expiresAtMs: built.expiresAtMs }
    },
    accept: (next) => {
      current = next
      rejected = null
      renewed(area, next.texts)
      metrics.setExpiries(area, next.expiresAtMs)
      metrics.countReload(area, 'swapped')
      log.info({ area, expires: describe(next) }, 'Certificates renewed: new connections get them')
    },
    reject: ({ file, message }) => {
      rejected = { area, atMs: clock.nowMs(), reason: `${file} ${message}` }
      metrics.countReload(area, 'rejected')
      log.error(
        { area, file, reason: `it ${message}`, expires: describe(current) },
        'Changed certificates rejected: the last good ones go on serving',
      )
    },
  })
  const started = await watched.start()
  if (started instanceof FileProblem) {
    throw new Fault('ERR_READ', `Cannot use "${started.file}": it ${started.message}`)
  }
  let current = started
  if (files.length > 0) metrics.setExpiries(area, current.expiresAtMs)
  return {
    get texts() {
      return current.texts
    },
    get rejected() {
      return rejected
    },
    reload: () => watched.reload(),
    close: () => watched.close(),
  }
}

function describe({ expiresAtMs }: Expiring): Readonly<Record<string, string>> {
  const dates = Array.from(expiresAtMs, ([file, atMs]) => [file, new Date(atMs).toISOString()])
  return Object.fromEntries(dates) as Record<string, string>
}
