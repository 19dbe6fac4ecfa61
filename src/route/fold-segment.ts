import { decodePercent } from './query.ts'

/** One form for every spelling of a segment. A text that `isFolded` is its own. */
export function foldSegment(text: string): string {
  if (isFolded(text, 0, text.length)) return text
  const plain = text.includes('%') ? (decodePercent(text) ?? text).normalize('NFKC') : text
  const semicolon = plain.indexOf(';')
  let end = semicolon === -1 ? plain.length : semicolon
  while (end > 0 && isTrimmed(plain.charCodeAt(end - 1))) end -= 1
  // Both ways, since some letters meet in one direction only: the long s is S in upper case.
  return plain.slice(0, end).toUpperCase().toLowerCase()
}

const dot = 0x2e
const space = 0x20

function isTrimmed(unit: number): boolean {
  return unit === dot || unit === space
}

/** Cheap, and never true of a text that `foldSegment` would change. */
export function isFolded(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const unit = text.charCodeAt(at)
    if ((unit >= 0x41 && unit <= 0x5a) || unit === 0x3b || unit === 0x25 || unit > 0x7e) {
      return false
    }
  }
  return end === start || !isTrimmed(text.charCodeAt(end - 1))
}
