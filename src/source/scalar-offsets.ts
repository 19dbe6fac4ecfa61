import { Scalar } from 'yaml'

/**
 * For each UTF-16 unit of a scalar's value, where it stands in the source text, so that a finding
 * inside an embedded expression is shown at its own column: quotes, escapes, folded lines and block
 * indentation lie between the two. One more entry follows for the end.
 */
export function scalarOffsets(source: string, scalar: Scalar): readonly number[] {
  const value = typeof scalar.value === 'string' ? scalar.value : String(scalar.value)
  const range = scalar.range ?? [0, 0, 0]
  const offsets: number[] = []
  let at = contentStart(source, scalar, range[0])
  let index = 0
  while (index < value.length) {
    const unit = value.charAt(index)
    const isBlank = isWhite(unit)
    if (!isBlank) at = skipWhite(source, at, range[1])
    if (scalar.type === Scalar.QUOTE_DOUBLE) {
      while (source[at] === '\\' && isBreak(source[at + 1])) {
        at = skipWhite(source, at + 1, range[1])
      }
      if (source[at] === '\\') {
        const length = escapeLength(source, at)
        // Only \U can stand for two units of the value.
        const units = source[at + 1] === 'U' && (value.codePointAt(index) ?? 0) > 0xffff ? 2 : 1
        for (let unitOfEscape = 0; unitOfEscape < units; unitOfEscape += 1) offsets.push(at)
        index += units
        at += length
        continue
      }
    }
    offsets.push(at)
    index += 1
    if (scalar.type === Scalar.QUOTE_SINGLE && unit === "'") at += 2
    else if (source[at] === unit) at += 1
  }
  offsets.push(Math.min(at, range[1]))
  return offsets
}

function contentStart(source: string, scalar: Scalar, start: number): number {
  if (scalar.type === Scalar.BLOCK_LITERAL || scalar.type === Scalar.BLOCK_FOLDED) {
    const headerEnd = source.indexOf('\n', start)
    return headerEnd === -1 ? start : headerEnd + 1
  }
  const isQuoted = scalar.type === Scalar.QUOTE_DOUBLE || scalar.type === Scalar.QUOTE_SINGLE
  return isQuoted ? start + 1 : start
}

const longEscapes: ReadonlyMap<string, number> = new Map([
  ['x', 4],
  ['u', 6],
  ['U', 10],
])

function escapeLength(source: string, at: number): number {
  return longEscapes.get(source.charAt(at + 1)) ?? 2
}

function skipWhite(source: string, from: number, end: number): number {
  let at = from
  while (at < end && isWhite(source.charAt(at))) at += 1
  return at
}

function isWhite(unit: string): boolean {
  return unit === ' ' || unit === '\t' || unit === '\n' || unit === '\r'
}

function isBreak(unit: string | undefined): boolean {
  return unit === '\n' || unit === '\r'
}
