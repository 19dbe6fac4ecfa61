import type { Found } from './plain-yaml-scalars.ts'

const space = 32
const hash = 35
const greater = 62

/**
 * `|`, `>`, `|-` or `>-` with no blank line among its lines and none indented less than the first;
 * `indent` is that of what it belongs to. Null: it is out of the ordinary.
 */
export function readBlockScalar(text: string, start: number, indent: number): Found<string> | null {
  const headerEnd = lineEnd(text, start)
  const header = text.slice(start + 1, headerEnd)
  if (header !== '' && header !== '-') return null
  const isFolded = text.charCodeAt(start) === greater
  let value = ''
  let width = 0
  /** What is indented further keeps the breaks around it. */
  let isBreakKept = true
  let at = headerEnd + 1
  while (at < text.length) {
    let first = at
    while (text.charCodeAt(first) === space) first += 1
    const end = lineEnd(text, first)
    if (first === end) {
      // Spaces beyond the indentation are part of the text.
      if (first - at > width || !isOver(text, end, indent, width)) return null
      break
    }
    if (first - at <= indent) break
    if (width === 0) width = first - at
    if (first - at < width || text.charCodeAt(end - 1) === space) return null
    if (end === text.length) return null
    const isFurther = !isFolded || first - at > width
    if (value !== '') value += isBreakKept || isFurther ? '\n' : ' '
    value += text.slice(at + width, end)
    isBreakKept = isFurther
    at = end + 1
  }
  if (value === '') return null
  return { value: header === '' ? `${value}\n` : value, end: at }
}

/** Blank lines go away where the text ends or goes on further to the left. */
function isOver(text: string, from: number, indent: number, width: number): boolean {
  let at = from
  for (;;) {
    at += 1
    let first = at
    while (text.charCodeAt(first) === space) first += 1
    if (first >= text.length) return first === at
    if (text.charCodeAt(first) !== 10) {
      return first - at <= indent && text.charCodeAt(first) !== hash
    }
    if (first - at > width) return false
    at = first
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}
