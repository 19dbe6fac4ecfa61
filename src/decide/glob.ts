const slash = 0x2f
const star = 0x2a

/** Work space: the places in the pattern that the text read so far may lead to, without order. */
let reached: number[] = []
let next: number[] = []
/** By place, how far the text was read when it was reached last. */
const readAt: number[] = []

/**
 * Whether a text is what a pattern describes: `*` stands for any characters but `/`, `**` for any at
 * all, and every other character for itself. What `matchesGlob` of conditions means by the two, but
 * without its other wildcards, which ids may well contain. The time it takes grows with the product
 * of the lengths at most, so callers bound both.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const prefix = literalPrefix(pattern)
  const { length: start } = prefix
  const { length: end } = pattern
  if (start === end) return pattern === text
  if (!text.startsWith(prefix)) return false
  // Most patterns end with their first wildcard.
  if (start === end - 1) return !text.includes('/', start)
  if (start === end - 2 && isStar(pattern, start + 1)) return true
  for (let place = start; place <= end; place += 1) readAt[place] = -1
  let count = reach(pattern, start, start, reached, 0)
  for (let at = start; at < text.length && count > 0; at += 1) {
    const code = text.charCodeAt(at)
    let nextCount = 0
    for (let which = 0; which < count; which += 1) {
      const place = reached[which] ?? end
      if (isStar(pattern, place)) {
        const takes = code !== slash || isDouble(pattern, place)
        if (takes) nextCount = reach(pattern, place, at + 1, next, nextCount)
      } else if (pattern.charCodeAt(place) === code) {
        nextCount = reach(pattern, place + 1, at + 1, next, nextCount)
      }
    }
    ;[reached, next] = [next, reached]
    count = nextCount
  }
  return readAt[end] === text.length
}

/** A wildcard may stand for nothing, so that what follows it is reached too. */
function reach(pattern: string, from: number, at: number, places: number[], count: number): number {
  let known = count
  for (let place = from; readAt[place] !== at; place += 1) {
    readAt[place] = at
    places[known] = place
    known += 1
    if (!isStar(pattern, place)) break
  }
  return known
}

function isStar(pattern: string, place: number): boolean {
  return pattern.charCodeAt(place) === star
}

function isDouble(pattern: string, place: number): boolean {
  return isStar(pattern, place + 1) || (place > 0 && isStar(pattern, place - 1))
}

/** What every text that fits begins with. */
export function literalPrefix(pattern: string): string {
  const first = pattern.indexOf('*')
  return first === -1 ? pattern : pattern.slice(0, first)
}
