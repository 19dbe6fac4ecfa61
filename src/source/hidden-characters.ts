import { type Diagnostic, diagnostic } from './diagnostic.ts'
import { hexadecimal, isControl, isDeceptive } from './quote.ts'

const MAX_REPORTED = 20
// oxlint-disable-next-line no-control-regex -- the line feed is meant
const isPlainAscii = /^[\n -~]*$/u

/**
 * Policy is reviewed by eye: text that does not read as it is stored is refused (CVE-2021-42574),
 * and so are bytes that are not UTF-8, which arrive here as U+FFFD.
 */
export function findHiddenCharacters(file: string, text: string): readonly Diagnostic[] {
  // Nearly every file is nothing else.
  if (isPlainAscii.test(text)) return []
  const found: Diagnostic[] = []
  let line = 1
  let lineStart = 0
  for (let at = 0; at < text.length && found.length < MAX_REPORTED; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) {
      line += 1
      lineStart = at + 1
      continue
    }
    if (unit >= 0x20 && unit < 0x7f) continue
    const codePoint = text.codePointAt(at) ?? 0
    const message = judge(codePoint)
    if (message !== null) {
      const column = at - lineStart + 1
      const span = { line, column, endLine: line, endColumn: column + 1 }
      found.push(diagnostic('error', 'hidden-character', file, span, message))
    }
    if (codePoint > 0xffff) at += 1
  }
  return found
}

function judge(codePoint: number): string | null {
  if (codePoint === 0x09 || codePoint === 0x0d) return null
  if (codePoint === 0xfffd) return 'not valid UTF-8, or the replacement character U+FFFD'
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return 'half of a surrogate pair'
  const name = `U+${hexadecimal(codePoint)}`
  if (isControl(codePoint)) return `control character ${name}`
  if (isDeceptive(codePoint)) {
    return `character ${name} is invisible or reorders its neighbours: the text would not read as it is stored`
  }
  return null
}
