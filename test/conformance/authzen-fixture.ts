import { fileURLToPath } from 'node:url'

import { expect } from 'vitest'

import { compilePolicies } from '../../src/policy/compile.ts'
import { readPolicyFolder } from '../../src/policy/load.ts'
import { startCheck } from '../check/fixture.ts'
import type { RunningCheck } from '../check/fixture.ts'

/** A decision point with the certification and interoperability policies, over real sockets. */
export async function startDecisionPoint(): Promise<RunningCheck> {
  const folder = fileURLToPath(new URL('authzen', import.meta.url))
  const { diagnostics, policies, routes } = compilePolicies(await readPolicyFolder(folder))
  expect(diagnostics).toEqual([])
  const running = await startCheck()
  if (policies === null || routes === null) throw new Error('The fixture does not compile')
  running.holder.swap(policies, routes)
  return running
}
