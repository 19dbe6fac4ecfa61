import { benchAuthenticate } from './authenticate.bench.ts'
import { benchDecide, type MicroResult } from './decide.bench.ts'
import { benchMatchRoute } from './route.bench.ts'
import { benchYardstick } from './yardstick.bench.ts'

export type { MicroResult } from './decide.bench.ts'

/** One after the other, in this process. */
export async function runMicro(): Promise<readonly MicroResult[]> {
  return [
    benchYardstick(),
    await benchAuthenticate(),
    benchMatchRoute(),
    benchDecide({ resources: 1, roles: 10 }),
    benchDecide({ resources: 1_000, roles: 1_000 }),
  ]
}
