import autocannon from 'autocannon'
import type { ServerProcess } from './server-process.ts'

export interface Scenario {
  readonly name: string
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly expectStatus: number
  /** The process under test. */
  readonly server: ServerProcess
}

export interface Measurement {
  readonly requestsPerSecond: number
  /** Requests per second of processor time of the process under test; null where unknown. */
  readonly requestsPerCpuSecond: number | null
  /** Share of one core that the process under test used. */
  readonly cpuShare: number | null
  readonly p50Ms: number
  readonly p99Ms: number
  readonly residentBytes: number | null
}

const connections = 64

/** Loads one scenario for a while; any answer but the expected one is an error, not a figure. */
export async function measure(scenario: Scenario, durationS: number): Promise<Measurement> {
  const cpuBefore = scenario.server.cpuMs()
  const startedAt = performance.now()
  const result = await autocannon({
    url: scenario.url,
    method: scenario.method,
    headers: scenario.headers,
    ...(scenario.body === undefined ? {} : { body: scenario.body }),
    connections,
    duration: durationS,
  })
  const elapsedMs = performance.now() - startedAt
  const cpuAfter = scenario.server.cpuMs()
  const residentBytes = scenario.server.residentBytes()
  const total = result.requests.total
  const statuses = result.statusCodeStats as Record<string, { count?: number } | undefined>
  const expected = statuses[scenario.expectStatus]?.count ?? 0
  const answered = Object.values(statuses).reduce((sum, entry) => sum + (entry?.count ?? 0), 0)
  if (expected === 0 || expected !== answered || result.errors > 0) {
    throw new Error(
      `${scenario.name}: wanted ${scenario.expectStatus} only, got ${JSON.stringify(statuses)}, ${result.errors} errors`,
    )
  }
  const cpuMs = cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore
  return {
    requestsPerSecond: total / (elapsedMs / 1000),
    requestsPerCpuSecond: cpuMs === null || cpuMs === 0 ? null : total / (cpuMs / 1000),
    cpuShare: cpuMs === null ? null : cpuMs / elapsedMs,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    residentBytes,
  }
}
