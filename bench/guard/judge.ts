import { median } from '../gateways/median.ts'
import { budget } from './budget.ts'
import { compare } from './compare.ts'
import type { Comparison, Pair } from './comparison.ts'

/** A figure, and what it came to by the baseline at each try. */
export interface Judged {
  readonly name: string
  readonly tries: readonly number[]
  readonly isOver: boolean
}

export interface Listener {
  compared(comparison: Comparison): void
  /** Figures that are taken again, with new processes. */
  again(names: readonly string[]): void
  failed(error: unknown): void
}

/**
 * Takes a figure again as long as the median of its tries is over budget, and the first time even if
 * it is only suspicious: a busy machine can make a figure look worse, seldom several times.
 */
export async function judge(
  checkouts: Pair<string>,
  isWanted: (name: string) => boolean,
  listener: Listener,
): Promise<readonly Judged[]> {
  const tries = new Map<string, number[]>()
  let open: ReadonlySet<string> | null = null
  for (let attempt = 1; attempt <= budget.tries; attempt += 1) {
    const names = open
    const isOpen = (name: string): boolean => (names === null ? isWanted(name) : names.has(name))
    const compareOpen = (): Promise<readonly Comparison[]> => {
      return compare(checkouts, isOpen, (comparison) => listener.compared(comparison))
    }
    const compared = await compareOpen().catch(async (error: unknown) => {
      // A process that a busy machine kept from starting in time, for one: such a fault does not last.
      listener.failed(error)
      return await compareOpen()
    })
    for (const { name, ratio } of compared) tries.set(name, [...(tries.get(name) ?? []), ratio])
    const limit = attempt === 1 ? budget.suspicious : budget.mayTake
    open = new Set(
      compared.map(({ name }) => name).filter((name) => isOver(tries.get(name) ?? [], limit)),
    )
    if (open.size === 0) break
    if (attempt < budget.tries) listener.again([...open])
  }
  return Array.from(tries, ([name, ratios]) => {
    return { name, tries: ratios, isOver: open?.has(name) === true }
  })
}

function isOver(ratios: readonly number[], limit: number): boolean {
  // A figure that is no number is no figure within its budget.
  return !(median(ratios) <= limit)
}
