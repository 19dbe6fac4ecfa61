import { quote, quoteList } from './quote.ts'

/** Names longer than this are not compared: the cost grows with the product of the lengths. */
const MAX_COMPARED = 64

/** The known name closest to a misspelt one, or null when none is close enough to be meant. */
export function closestName(name: string, known: Iterable<string>): string | null {
  if (name.length > MAX_COMPARED) return null
  const wanted = fold(name)
  let best: string | null = null
  let bestDistance = (name.length < 3 ? 0 : Math.max(1, Math.floor(name.length / 3))) + 1
  for (const candidate of known) {
    if (candidate.length > MAX_COMPARED) continue
    const folded = fold(candidate)
    if (Math.abs(folded.length - wanted.length) >= bestDistance) continue
    const distance = editDistance(wanted, folded)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `did you mean "editor"?`, else what there is to choose from, else null. */
export function suggest(name: string, known: Iterable<string>, what: string): string | null {
  const names = [...known]
  const closest = closestName(name, names)
  if (closest !== null) return `did you mean ${quote(closest)}?`
  return names.length === 0 ? null : `${what}: ${quoteList(names)}`
}

/** `maxAge`, `max-age` and `max_age` are one spelling apart in intent, not three. */
function fold(name: string): string {
  return name.toLowerCase().replaceAll('-', '').replaceAll('_', '')
}

/** Edits (insert, remove, replace, swap of neighbours) that turn one text into the other. */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
      )
      const swapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) cost = Math.min(cost, at(beforePrevious, column - 2) + 1)
      current.push(cost)
    }
    beforePrevious = previous
    previous = current
  }
  return at(previous, b.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? 0
}
