import { readFile } from 'node:fs/promises'
import { systemErrorCode } from '../model/system-error.ts'
import {
  noRedisSecrets,
  type RedisOptions,
  type RedisSecrets,
  type SealKey,
} from '../redis/options.ts'
import { quote } from '../source/quote.ts'
import type { Findings } from './findings.ts'

const maxBytes = 1_048_576
const minKeyBytes = 32

/** Reads what `redis` names files for. None of it is shown in a finding. */
export async function readRedisSecrets(
  options: RedisOptions,
  password: string,
  findings: Findings,
): Promise<RedisSecrets> {
  if (options.nodes.length === 0 && options.socket === null) return noRedisSecrets
  const read = (key: string, file: string | null): Promise<string | null> =>
    file === null ? Promise.resolve(null) : readText(key, file, findings)
  const [passwordText, sentinelPassword, authorities, certificate, privateKey, sealKeys] =
    await Promise.all([
      read('password_file', options.passwordFile),
      read('sentinel_password_file', options.sentinelPasswordFile),
      read('authorities', options.authoritiesFile),
      read('certificate', options.certificateFile),
      read('key', options.keyFile),
      read('seal_keys_file', options.sealKeysFile),
    ])
  return {
    password: password === '' ? lineOf(passwordText) : password,
    sentinelPassword: lineOf(sentinelPassword),
    authorities,
    certificate,
    key: privateKey,
    sealKeys: sealKeys === null ? [] : readSealKeys(sealKeys, findings),
  }
}

async function readText(key: string, file: string, findings: Findings): Promise<string | null> {
  const path = ['redis', key]
  try {
    const text = await readFile(file, 'utf8')
    if (text.length <= maxBytes) return text
    findings.error(path, 'file-too-large', `${quote(file)} is larger than ${maxBytes} bytes`)
  } catch (error) {
    findings.error(path, 'unreadable', `${quote(file)} cannot be read: ${systemErrorCode(error)}`)
  }
  return null
}

/** Files of secrets commonly end with a line feed that is not meant. */
function lineOf(text: string | null): string | null {
  return text === null ? null : text.replace(/\r?\n$/u, '')
}

/** Lines `ID SECRET`, the secret in base64; empty lines and those that begin with `#` are skipped. */
function readSealKeys(text: string, findings: Findings): readonly SealKey[] {
  const path = ['redis', 'seal_keys_file']
  const keys = new Map<string, SealKey>()
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const found = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63})\s+([A-Za-z0-9+/_-]{43,1024}={0,2})$/u
    const [, id, encoded] = found.exec(trimmed) ?? []
    const secret = Buffer.from(encoded ?? '', 'base64')
    if (id === undefined || secret.length < minKeyBytes) {
      const message = `line ${index + 1} of the file must be an id and at least ${minKeyBytes} octets in base64`
      findings.error(path, 'malformed-line', message, 'make a key with: openssl rand -base64 32')
    } else if (keys.has(id)) {
      findings.error(path, 'duplicate-key-id', `key ${quote(id)} is listed twice`)
    } else {
      keys.set(id, { id, secret })
    }
  }
  if (keys.size === 0 && !findings.hasErrors) {
    findings.error(
      path,
      'no-seal-keys',
      'the file lists no key',
      'make one: openssl rand -base64 32',
    )
  }
  return [...keys.values()]
}
