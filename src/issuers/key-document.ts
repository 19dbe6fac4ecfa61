import { open } from 'node:fs/promises'
import type { IssuerOptions } from '../authenticate/options.ts'
import { Fault } from '../model/fault.ts'
import { systemErrorCode } from '../model/system-error.ts'
import { findKeySetUrl } from './discovery.ts'
import { fetchJson } from './fetch-json.ts'
import { readKeyAccess } from './key-access.ts'

/** The key set of an issuer from where it is configured to be, not judged yet; or a Fault. */
export async function readKeyDocument(
  options: IssuerOptions,
  maxBytes: number,
  signal: AbortSignal,
): Promise<unknown> {
  if (options.keySet !== null) return options.keySet
  if (options.jwksFile !== null) return readKeyFile(options.jwksFile, maxBytes)
  const access = await readKeyAccess(options)
  const url = await findKeySetUrl(options, maxBytes, signal, access)
  return fetchJson(url, maxBytes, signal, access)
}

async function readKeyFile(file: string, maxBytes: number): Promise<unknown> {
  const text = await readAtMost(file, maxBytes)
  if (text === null) throw unreadable(file, `it is larger than ${maxBytes} bytes`)
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable(file, 'it is not JSON')
  }
}

async function readAtMost(file: string, maxBytes: number): Promise<string | null> {
  try {
    await using handle = await open(file)
    const { size } = await handle.stat()
    return size > maxBytes ? null : await handle.readFile('utf8')
  } catch (error) {
    throw unreadable(file, systemErrorCode(error))
  }
}

function unreadable(file: string, why: string): Fault {
  return new Fault('ERR_ISSUER_UNAVAILABLE', `Cannot read the key set ${file}: ${why}`)
}
