/**
 * Whether a text is what a pattern describes: `*` stands for any characters but `/`, `**` for any at
 * all. The time it takes grows with the product of the lengths at most, squared where both kinds of
 * wildcard occur, so callers bound both.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0
  let next = 0
  // Where to resume when what follows the latest wildcard of each kind does not fit.
  let starNext = -1
  let starAt = 0
  let globstarNext = -1
  let globstarAt = 0
  while (at < text.length) {
    if (pattern.startsWith('**', next)) {
      next = skipStars(pattern, next)
      globstarNext = next
      globstarAt = at
      starNext = -1
      continue
    }
    if (pattern[next] === '*') {
      next += 1
      starNext = next
      starAt = at
      continue
    }
    if (next < pattern.length && pattern[next] === text[at]) {
      next += 1
      at += 1
      continue
    }
    if (starNext !== -1 && text[starAt] !== '/') {
      starAt += 1
      at = starAt
      next = starNext
      continue
    }
    if (globstarNext === -1) return false
    globstarAt += 1
    at = globstarAt
    next = globstarNext
    starNext = -1
  }
  return skipStars(pattern, next) === pattern.length
}

function skipStars(pattern: string, from: number): number {
  let next = from
  while (pattern[next] === '*') next += 1
  return next
}

/** What every text that fits begins with. */
export function literalPrefix(pattern: string): string {
  const star = pattern.indexOf('*')
  return star === -1 ? pattern : pattern.slice(0, star)
}
