import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { systemErrorCode } from '../model/system-error.ts'
import { quote } from '../source/quote.ts'
import type { Findings } from './findings.ts'

const maxSecretLength = 4_096

/**
 * The one line of a file of a secret, without its end. `path` is where the file is named. Nothing of
 * what is in it is ever shown; where it cannot be used, that is among the findings.
 */
export async function readSecret(
  file: string,
  path: readonly (string | number)[],
  dir: string,
  findings: Findings,
): Promise<string> {
  try {
    const secret = (await readFile(resolve(dir, file), 'utf8')).replace(/\r?\n$/u, '')
    if (secret !== '' && secret.length <= maxSecretLength && !/[\r\n]/u.test(secret)) return secret
    const message = `${quote(file)} must hold one line of at most ${maxSecretLength} characters`
    findings.error(path, 'malformed-secret', message)
  } catch (error) {
    const message = `${quote(file)} cannot be read: ${systemErrorCode(error)}`
    findings.error(path, 'unreadable', message)
  }
  return ''
}
