import type { Finding, Run } from './runs.ts'

/** How the stands dealt with cases of one kind, by what each of them did. */
export interface Difference {
  /** What a strict reader makes of them. */
  readonly name: string
  readonly outcomes: readonly string[]
  readonly count: number
}

/** Cases on which not all did the same, counted by what is wrong with them and by who did what. */
export function compareRuns(runs: readonly Run[]): Difference[] {
  const found = new Map<string, { name: string; outcomes: string[]; count: number }>()
  const [first] = runs
  first?.findings.forEach((finding, index) => {
    const outcomes = runs.map(({ findings }) => judged(findings[index]))
    if (outcomes.every((outcome) => outcome === outcomes[0])) return
    const name = finding.reading
    const key = [name, ...outcomes].join('|')
    const known = found.get(key)
    if (known === undefined) found.set(key, { name, outcomes, count: 1 })
    else known.count += 1
  })
  return [...found.values()].sort(
    (one, other) => one.name.localeCompare(other.name) || other.count - one.count,
  )
}

function judged(finding: Finding | undefined): string {
  if (finding === undefined) return ''
  return finding.wrongs.length > 0 ? `${finding.outcome} (!)` : finding.outcome
}

type Out = (line: string) => void

export function printTotals(names: readonly string[], runs: readonly Run[], out: Out): void {
  out('\n| | refused | forwarded | in part | cut short | with a fault |\n|---|---|---|---|---|---|')
  runs.forEach(({ findings, wrongs }, index) => {
    const count = (wanted: string): number =>
      findings.filter(({ outcome }) => outcome === wanted).length
    const faulty = findings.filter((finding) => finding.wrongs.length > 0).length + wrongs.length
    const numbers = ['refused', 'forwarded', 'in part', 'cut short'].map(count)
    out(`| ${names[index] ?? ''} | ${numbers.join(' | ')} | ${faulty} |`)
  })
  runs.forEach(({ findings }, index) => {
    const kinds = new Map<string, number>()
    for (const wrong of findings.flatMap(({ wrongs }) => wrongs)) {
      const kind = wrong.replace(/:.*|, for .*| of r\d+.*/, '').replaceAll(/\d+/g, 'N')
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    }
    const listed = [...kinds].map(([kind, count]) => `${kind} (${count})`).join(', ')
    if (listed !== '') out(`\n${names[index] ?? ''}: ${listed}`)
  })
}

export function printDifferences(
  names: readonly string[],
  differences: readonly Difference[],
  out: Out,
): void {
  out(`\n| a strict reader says | ${names.join(' | ')} | cases |\n|---|---|---|---|---|`)
  for (const { name, outcomes, count } of differences) {
    out(`| ${name} | ${outcomes.join(' | ')} | ${count} |`)
  }
}
