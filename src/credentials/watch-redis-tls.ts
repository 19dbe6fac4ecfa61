import { createSecureContext } from 'node:tls'
import { readCertificates } from '../certificates/certificate-pair.ts'
import { FileProblem, type FileTexts, WatchedFiles } from '../certificates/watched-files.ts'
import { Fault } from '../model/fault.ts'
import type { RedisOptions, RedisTls } from '../redis/options.ts'
import type { Log } from '../telemetry/log.ts'

export interface RedisTlsParts {
  readonly options: RedisOptions
  readonly log: Log
  /** How often the files are looked at; default: every second. */
  readonly pollMs?: number
  /** The files hold something new, and it is good. */
  readonly renewed: (tls: RedisTls) => void
}

export interface RedisTlsFiles {
  /** For whoever is configured so: other files than these are not watched. */
  currentFor(options: RedisOptions): RedisTls
  isOf(options: RedisOptions): boolean
  reload(): Promise<void>
  close(): Promise<void>
}

/** Throws a Fault (`ERR_READ`) that names a file when they cannot be used at the start. */
export async function watchRedisTls(parts: RedisTlsParts): Promise<RedisTlsFiles> {
  const { options, log, pollMs, renewed } = parts
  const files = filesOf(options)
  const isOf = (other: RedisOptions): boolean => filesOf(other).join('\n') === files.join('\n')
  let current: RedisTls = options.secrets
  const watched = new WatchedFiles<RedisTls>({
    files: files.filter((file) => file !== null),
    pollMs,
    build: (texts) => build(texts, options),
    accept: (next) => {
      current = next
      renewed(next)
      log.info({}, 'Certificates towards Redis read again: new connections use them')
    },
    reject: ({ file, message }) => {
      const reason = `the file ${file} ${message}`
      log.error({ reason }, 'Changed certificates towards Redis rejected: the last good ones go on')
    },
  })
  const started = await watched.start()
  if (started instanceof FileProblem) {
    throw new Fault('ERR_READ', `Cannot use "${started.file}": it ${started.message}`)
  }
  current = started
  return {
    currentFor: (other) => (isOf(other) ? current : other.secrets),
    isOf,
    reload: () => watched.reload(),
    close: () => watched.close(),
  }
}

function filesOf(options: RedisOptions): readonly (string | null)[] {
  return [options.authoritiesFile, options.certificateFile, options.keyFile]
}

function build(texts: FileTexts, options: RedisOptions): RedisTls | FileProblem {
  const { authoritiesFile, certificateFile, keyFile } = options
  const textOf = (file: string | null): string | null =>
    file === null ? null : (texts.get(file) ?? null)
  const authorities = textOf(authoritiesFile)
  const [certificate, key] = [textOf(certificateFile), textOf(keyFile)]
  const problem =
    findProblem(authoritiesFile, authorities) ?? findProblem(certificateFile, certificate)
  if (problem !== null) return problem
  if (certificateFile !== null && !isPair(certificate ?? '', key ?? '')) {
    const pair = `"${keyFile ?? ''}"`
    return new FileProblem(
      certificateFile,
      `does not fit ${pair}, or one of both is not in PEM form`,
    )
  }
  return { authorities, certificate, key }
}

/** OpenSSL takes a file without a certificate for one without authorities, or with nothing to show. */
function findProblem(file: string | null, text: string | null): FileProblem | null {
  if (file === null) return null
  const read = readCertificates(text ?? '')
  if (typeof read === 'string') return new FileProblem(file, read)
  return read.length === 0 ? new FileProblem(file, 'holds no certificate in PEM form') : null
}

function isPair(cert: string, key: string): boolean {
  if (!key.includes('-----BEGIN ')) return false
  try {
    createSecureContext({ cert, key })
    return true
  } catch {
    // The cause could quote a file.
    return false
  }
}
