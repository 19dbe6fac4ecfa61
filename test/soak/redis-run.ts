import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { Agent } from 'node:http'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startIntrospectionServer } from '../authenticate/introspection-server.ts'
import { startIssuer } from '../cli/issuer-server.ts'
import { ask } from '../support/ask.ts'
import { type Sallyport, startSallyport } from '../support/sallyport.ts'
import { until } from '../support/until.ts'
import { startUpstream } from '../support/upstream.ts'
import { startRedisUnderTest, type Topology } from './redis-faults.ts'

export type { Topology } from './redis-faults.ts'

type Phase = 'before' | 'during' | 'after'

interface PhaseRow {
  readonly phase: Phase
  readonly permits: number
  readonly refusals: number
  readonly asked: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

const sidecarCount = 2
const clientsEach = 6
const tokenCount = 60
const maxAgeS = 2
/** How much later than its longest time a permit is still no mistake: it was under way. */
const graceMs = 1_000
/** Time-outs of a few commands, the wait for a lease, and what two busy processors add. */
const maxAddedMs = 1_500

/** Load on sidecars that share a Redis to which things happen; what was seen, and what was wrong. */
export async function soakRedis(
  topology: Topology,
  seconds: number,
): Promise<{ readonly rows: readonly object[]; readonly findings: readonly string[] }> {
  const audience = 'soak'
  const [redis, issuer, endpoint, app] = await Promise.all([
    startRedisUnderTest(topology),
    startIssuer(audience),
    startIntrospectionServer(),
    startUpstream((_, res) => res.end('through')),
  ])
  const sidecars = await Promise.all(
    Array.from({ length: sidecarCount }, () =>
      startSallyport({
        upstream: app.origin,
        config: {
          issuers: [
            {
              issuer: issuer.issuer,
              audiences: [audience],
              introspection: {
                url: endpoint.url,
                client_id: 'gateway',
                client_secret_file: 'secret',
                max_age: `${maxAgeS}s`,
              },
            },
          ],
          // Bad tokens are part of the load here.
          authentication: { max_failures_per_address: 100_000, max_failures: 1_000_000 },
          limits: { subject: '1000000/s' },
          redis: { ...redis.config, seal_keys_file: 'seal-keys' },
        },
        prepare: async (dir) => {
          await writeFile(join(dir, 'secret'), 'secret')
          await writeFile(join(dir, 'seal-keys'), `k1 ${Buffer.alloc(32, 7).toString('base64')}\n`)
        },
      }),
    ),
  )
  const findings: string[] = []
  const samples: Record<Phase, { ms: number; status: number }[]> = {
    before: [],
    during: [],
    after: [],
  }
  const tokens: string[] = []
  const endedAtMs = new Map<string, number>()
  let phase: Phase = 'before'
  const over = new AbortController()
  const issue = (index: number): void => {
    const before = tokens[index]
    if (before !== undefined) {
      endpoint.active.delete(before)
      endedAtMs.set(before, Date.now())
    }
    const token = randomUUID()
    tokens[index] = token
    endpoint.active.set(token, {
      active: true,
      iss: issuer.issuer,
      aud: audience,
      sub: `user-${index}`,
      token_type: 'Bearer',
      groups: ['staff'],
      exp: Math.floor(Date.now() / 1_000) + 3_600,
    })
  }
  for (let index = 0; index < tokenCount; index += 1) issue(index)

  async function client(sidecar: Sallyport): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    while (!over.signal.aborted) {
      const draw = Math.random()
      const ended = [...endedAtMs.keys()]
      const token =
        draw < 0.1
          ? randomUUID()
          : draw < 0.25 && ended.length > 0
            ? (ended[Math.floor(Math.random() * ended.length)] ?? '')
            : (tokens[Math.floor(Math.random() * tokens.length)] ?? '')
      const mayPermit = endpoint.active.has(token)
      const startedAtMs = performance.now()
      const status = await get(agent, `${sidecar.gateway}/files/a`, token)
      samples[phase].push({ ms: performance.now() - startedAtMs, status })
      judge(token, mayPermit, status)
      await sleep(2)
    }
    agent.destroy()
  }

  function judge(token: string, mayPermit: boolean, status: number): void {
    if (status === 200) {
      const endedMs = endedAtMs.get(token)
      const lateMs = endedMs === undefined ? 0 : Date.now() - endedMs
      if (!mayPermit && endedMs === undefined) findings.push('a token that never was is permitted')
      if (lateMs > maxAgeS * 1_000 + graceMs) findings.push(`permitted ${lateMs} ms after its end`)
    } else if (mayPermit && endpoint.active.has(token)) {
      findings.push(`a good token is answered with ${status}`)
    } else if (status !== 401) {
      findings.push(`a bad token is answered with ${status}`)
    }
  }

  async function breakThings(untilMs: number): Promise<string[]> {
    const done: string[] = []
    const all = [...redis.faults]
    while (performance.now() < untilMs) {
      const [name, run] = all[done.length % all.length] ?? all[0] ?? ['', () => Promise.resolve()]
      await run().catch((error: unknown) => done.push(`${name} failed: ${String(error)}`))
      done.push(name)
      await sleep(500 + Math.random() * 1_500)
    }
    return done
  }

  const used = async (sidecar: Sallyport): Promise<boolean> =>
    /"name":"redis","ready":true,"state":"(ready|degraded)","since":null,"reason":("it is not set up|null)/u.test(
      (await ask(sidecar.operations, '/readyz')).text,
    )
  for (const sidecar of sidecars) await until('Redis to be used', () => used(sidecar))
  const renewing = setInterval(() => issue(Math.floor(Math.random() * tokenCount)), 50)
  const running = Promise.all(
    sidecars.flatMap((sidecar) => Array.from({ length: clientsEach }, () => client(sidecar))),
  )
  await sleep(seconds * 150)
  const askedBefore = endpoint.asked.length
  phase = 'during'
  const faults = await breakThings(performance.now() + seconds * 700)
  const askedDuring = endpoint.asked.length - askedBefore
  const healedAtMs = performance.now()
  for (const sidecar of sidecars) {
    await until('Redis to be used again', () => used(sidecar), 30_000).catch((error: unknown) =>
      findings.push(String(error)),
    )
  }
  const recoveredInMs = Math.round(performance.now() - healedAtMs)
  phase = 'after'
  await sleep(seconds * 150)
  over.abort()
  clearInterval(renewing)
  await running
  const asked = {
    before: askedBefore,
    during: askedDuring,
    after: endpoint.asked.length - askedBefore - askedDuring,
  }
  const rows = (['before', 'during', 'after'] as const).map((name) =>
    rowOf(name, samples[name], asked[name]),
  )
  const [before, during] = rows
  if (before !== undefined && during !== undefined && during.maxMs > before.maxMs + maxAddedMs) {
    findings.push(`a request took ${during.maxMs} ms`)
  }
  const rejected = await Promise.all(sidecars.map((sidecar) => sidecar.metrics()))
  const forged = rejected
    .flatMap((metrics) => [...metrics])
    .filter(([name]) => name.startsWith('sallyport_redis_rejected_values_total'))
    .reduce((sum, [, count]) => sum + count, 0)
  const counts = Object.fromEntries(
    [...new Set(faults)].map((name) => [name, faults.filter((one) => one === name).length]),
  )
  await Promise.all(sidecars.map((sidecar) => sidecar.remove()))
  await Promise.all([redis.close(), issuer.close(), endpoint.close(), app.close()])
  return {
    rows: [...rows, { faults: counts, recoveredInMs, rejectedValues: forged }],
    findings: [...new Set(findings)],
  }
}

function rowOf(
  phase: Phase,
  all: readonly { ms: number; status: number }[],
  asked: number,
): PhaseRow {
  const times = all.map(({ ms }) => ms).toSorted((left, right) => left - right)
  const at = (share: number): number =>
    Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 10) / 10
  return {
    phase,
    permits: all.filter(({ status }) => status === 200).length,
    refusals: all.filter(({ status }) => status !== 200).length,
    asked,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
  }
}

function get(agent: Agent, url: string, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const req = request(url, { agent, headers: { authorization: `Bearer ${token}` } }, (res) => {
      res.resume()
      res.on('end', () => resolve(res.statusCode ?? 0))
    })
    req.on('error', reject)
    req.end()
  })
}
