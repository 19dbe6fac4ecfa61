import { type Baseline, buildBaseline } from './baseline.ts'
import { judge, type Judged, type Listener } from './judge.ts'
import { buildSlowed, type Usual } from './slowed.ts'

export interface Proof {
  /** The revision beside itself: what is over here is a false alarm. */
  readonly same: readonly Judged[]
  /** Each figure slowed down: what is not over here is a regression that nobody would have seen. */
  readonly slowed: readonly Judged[]
}

/** Whether the comparison notices what it is for, and nothing else. */
export async function prove(
  commit: string,
  share: number,
  isWanted: (name: string) => boolean,
  listener: Listener,
): Promise<Proof> {
  const builds: Baseline[] = []
  const keep = (build: Baseline): string => {
    builds.push(build)
    return build.checkout
  }
  try {
    const baseline = keep(buildBaseline(commit))
    const usual = new Map<string, Usual>()
    const same = await judge({ own: keep(buildBaseline(commit)), baseline }, isWanted, {
      ...listener,
      compared(comparison) {
        usual.set(comparison.name, { unit: comparison.unit, takes: comparison.baseline })
        listener.compared(comparison)
      },
    })
    const own = keep(buildSlowed(commit, share, usual))
    return { same, slowed: await judge({ own, baseline }, isWanted, listener) }
  } finally {
    for (const build of builds) build.remove()
  }
}
