import { readFile } from 'node:fs/promises'
import type { CallerKey } from '../check/options.ts'
import { systemErrorCode } from '../model/system-error.ts'
import { type Diagnostic, diagnostic } from '../source/diagnostic.ts'

const maxBytes = 1_048_576

/** Lines `ID SHA256`; empty lines and lines that begin with `#` are skipped. */
export async function readCallerKeys(
  file: string,
): Promise<{ readonly keys: readonly CallerKey[]; readonly diagnostics: readonly Diagnostic[] }> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const code = systemErrorCode(error)
    return { keys: [], diagnostics: [finding(file, 1, 'unreadable', `cannot be read: ${code}`)] }
  }
  if (text.length > maxBytes) {
    const message = `is larger than ${maxBytes} bytes`
    return { keys: [], diagnostics: [finding(file, 1, 'file-too-large', message)] }
  }
  const keys: CallerKey[] = []
  const diagnostics: Diagnostic[] = []
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const [, id, sha256] =
      /^([A-Za-z0-9][A-Za-z0-9._-]{0,127})\s+([0-9a-fA-F]{64})$/u.exec(trimmed) ?? []
    if (id !== undefined && sha256 !== undefined) keys.push({ id, sha256: sha256.toLowerCase() })
    // The line is not shown: a key may have been put there instead of its digest.
    else
      diagnostics.push(
        finding(
          file,
          index + 1,
          'malformed-line',
          'must be an id and a SHA-256 in 64 hexadecimal digits',
        ),
      )
  }
  return { keys, diagnostics }
}

function finding(file: string, line: number, code: string, message: string): Diagnostic {
  const span = { line, column: 1, endLine: line, endColumn: 1 }
  return diagnostic('error', code, file, span, message)
}
