import type { Random } from './random.ts'

export const letters = ['a', 'b', 'c', 'd', 'e'] as const
export type Letter = (typeof letters)[number]

/** One set of policies: whose files staff may see. */
export interface Variant {
  readonly number: number
  readonly permitted: ReadonlySet<Letter>
}

/** Some are permitted, some are not: a set that decides everything alike would prove nothing. */
export function drawVariant(number: number, random: Random): Variant {
  for (;;) {
    const permitted = new Set(letters.filter(() => random.below(2) === 0))
    if (permitted.size > 0 && permitted.size < letters.length) return { number, permitted }
  }
}

export function policyOf({ number, permitted }: Variant): string {
  const conditions = [...permitted].map((letter) => `resource.id.startsWith("${letter}")`)
  return `# ${number}
resource: file
actions: [view, edit]
rules:
  - id: letters-${number}
    permit: [view, edit]
    roles: [staff]
    when: ${conditions.join(' || ')}
`
}

interface Reign {
  readonly variant: Variant
  /** Written: from now on it may decide. */
  readonly fromMs: number
  /** Another one decides, and is known to do so everywhere. */
  untilMs: number
}

/** Which sets may have decided when. */
export class Reigns {
  readonly #reigns: Reign[] = []

  written(variant: Variant, atMs: number): void {
    this.#reigns.push({ variant, fromMs: atMs, untilMs: Infinity })
  }

  /** The process says that this one decides: those before it do not any more. */
  live(number: number, atMs: number): void {
    for (const reign of this.#reigns) {
      if (reign.variant.number < number) reign.untilMs = Math.min(reign.untilMs, atMs)
    }
  }

  /** Those that may have decided a request between two moments. */
  between(startedMs: number, endedMs: number): readonly Variant[] {
    return this.#reigns
      .filter(({ fromMs, untilMs }) => fromMs <= endedMs && untilMs >= startedMs)
      .map(({ variant }) => variant)
  }

  get last(): Variant | undefined {
    return this.#reigns.at(-1)?.variant
  }
}
