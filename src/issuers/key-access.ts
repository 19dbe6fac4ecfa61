import { readFile } from 'node:fs/promises'
import type { IssuerOptions } from '../authenticate/options.ts'
import { Fault } from '../model/fault.ts'
import { systemErrorCode } from '../model/system-error.ts'

/** Who is believed where keys are read, and what is shown there. */
export interface KeyAccess {
  /** PEM; null: the authorities Node.js knows. */
  readonly authorities: string | null
  readonly authorization: string | null
}

const maxTokenLength = 16_384

/** Read each time: a cluster renews both files while the process runs. Throws a Fault. */
export async function readKeyAccess(options: IssuerOptions): Promise<KeyAccess> {
  const { authoritiesFile, tokenFile } = options
  const authorities = authoritiesFile === null ? null : await readAuthorities(authoritiesFile)
  if (tokenFile === null) return { authorities, authorization: null }
  const token = (await read(tokenFile)).trim()
  if (!/^[\x21-\x7e]+$/.test(token) || token.length > maxTokenLength) {
    throw new Fault('ERR_ISSUER_UNAVAILABLE', `Cannot use ${tokenFile}: it holds no token`)
  }
  return { authorities, authorization: `Bearer ${token}` }
}

/** Of an empty text Node.js makes all the authorities it knows itself. */
async function readAuthorities(file: string): Promise<string> {
  const text = await read(file)
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw new Fault('ERR_ISSUER_UNAVAILABLE', `Cannot use ${file}: it holds no certificate`)
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new Fault('ERR_ISSUER_UNAVAILABLE', `Cannot read ${file}: ${systemErrorCode(error)}`)
  }
}
