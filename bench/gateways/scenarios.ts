import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchIssuer } from '../load/issuer.ts'
import type { Judges, Proof } from './probe.ts'
import {
  claims,
  deniedPath,
  outsiderClaims,
  pathOfBytes,
  permittedPath,
  routePath,
} from './setting.ts'
import { bodyOf, bodySizes, smallBody } from './upstream.ts'
import type { Load } from './wrk.ts'

export interface Scenario {
  readonly name: string
  readonly load: Load
  /** Asked before the clock starts, so that what is kept is kept, and compiled what is compiled. */
  readonly warmUpS: number
  proof(judges: Judges): Proof
}

const distinctTokens = 10_000
export const manyRoutes = 1_000
export const plainScenario = 'GET, 31 bytes'
const manyTokensScenario = `${distinctTokens.toLocaleString('en')} tokens in rotation`
export const manyRoutesScenario = `${manyRoutes.toLocaleString('en')} routes`

/** Everything that is asked; every program gets the same. */
export async function listScenarios(issuer: BenchIssuer, dir: string): Promise<Scenario[]> {
  const authorization = `Bearer ${await issuer.token('bench', claims)}`
  const outsider = `Bearer ${await issuer.token('outsider', outsiderClaims)}`
  const bearer = { Authorization: authorization }
  const denied = { path: deniedPath, authorization }
  const proofOf = (path: string, body: string, more: object = {}) => {
    const permitted = { path, authorization, ...more }
    return (judges: Judges): Proof => ({ judges, permitted, body, denied, outsider })
  }
  const plain = { method: 'GET', path: permittedPath, headers: bearer }
  const isPlain = proofOf(permittedPath, smallBody)
  const scenarios: Scenario[] = [
    { name: plainScenario, load: plain, warmUpS: 3, proof: isPlain },
    {
      name: 'a new connection for every request',
      load: { ...plain, headers: { ...bearer, Connection: 'close' } },
      warmUpS: 3,
      proof: isPlain,
    },
    {
      name: manyTokensScenario,
      load: { ...plain, headers: {}, authorizations: await writeTokens(issuer, dir) },
      // Long enough for every token to be verified once.
      warmUpS: 8,
      proof: isPlain,
    },
    {
      name: manyRoutesScenario,
      load: { ...plain, paths: writePaths(dir) },
      warmUpS: 3,
      proof: proofOf(routePath(manyRoutes - 1, 'finance/42'), smallBody),
    },
  ]
  for (const [size, bytes] of Object.entries(bodySizes)) {
    const body = bodyOf(bytes)
    const down = pathOfBytes(bytes)
    scenarios.push(
      {
        name: `GET, ${size}`,
        load: { ...plain, path: down },
        warmUpS: 3,
        proof: proofOf(down, body),
      },
      {
        name: `PUT, ${size}`,
        load: { method: 'PUT', path: permittedPath, headers: bearer, body },
        warmUpS: 3,
        proof: proofOf(permittedPath, smallBody, { method: 'PUT', body }),
      },
    )
  }
  return scenarios
}

async function writeTokens(issuer: BenchIssuer, dir: string): Promise<string> {
  const lines: string[] = []
  for (let at = 0; at < distinctTokens; at += 100) {
    const some = Array.from({ length: 100 }, (_, n) => issuer.token(`person-${at + n}`, claims))
    for (const token of await Promise.all(some)) lines.push(`Bearer ${token}`)
  }
  const file = join(dir, 'tokens')
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

function writePaths(dir: string): string {
  const file = join(dir, 'paths')
  const paths = Array.from({ length: manyRoutes }, (_, at) => routePath(at, `finance/${at}`))
  writeFileSync(file, `${paths.join('\n')}\n`)
  return file
}
