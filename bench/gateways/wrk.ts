import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadCpu, type Program } from './program.ts'

/** What is asked, over and over. */
export interface Load {
  readonly method: string
  readonly path: string
  /** As `key: value` for every request. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Values of Authorization taken in turn, a file with one in a line. */
  readonly authorizations?: string
  /** Paths taken in turn, a file with one in a line. */
  readonly paths?: string
}

export interface LoadResult {
  readonly requestsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
  /** Processor time of the program a request. */
  readonly cpuUs: number
  /** Share of its processor that the program had; what is missing was waited for the load. */
  readonly cpuShare: number
  readonly residentMiB: number
}

const connections = 64

interface Said {
  readonly requests: number
  readonly durationUs: number
  readonly failed: number
  readonly refused: number
  readonly p50: number
  readonly p99: number
  readonly p999: number
}

/**
 * Sends as fast as 64 connections are answered. Any error and any answer of 400 and more is an
 * error of the run: such a figure says nothing.
 */
export async function runWrk(
  program: Program,
  load: Load,
  seconds: number,
  dir: string,
  cpus = loadCpu,
): Promise<LoadResult> {
  const script = join(dir, 'load.lua')
  writeFileSync(script, scriptOf(load))
  const url = `http://127.0.0.1:${program.port}${load.path}`
  const cpuBefore = program.cpuMs()
  const startedAtMs = performance.now()
  const command = ['-c', cpus, 'wrk', '-t', '1', '-c', String(connections)]
  const child = spawn('taskset', [...command, '-d', `${seconds}s`, '-s', script, url], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const hear = (chunk: Buffer): void => {
    output += chunk.toString()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const killer = setTimeout(() => child.kill('SIGKILL'), (seconds + 15) * 1_000)
  await once(child, 'close')
  clearTimeout(killer)
  const cpuMs = program.cpuMs() - cpuBefore
  const elapsedMs = performance.now() - startedAtMs
  const line = /^said (\{.*\})$/m.exec(output)?.[1]
  if (line === undefined) throw new Error(`wrk said nothing of ${program.name}: ${output}`)
  const said = JSON.parse(line) as Said
  if (said.failed > 0 || said.refused > 0 || said.requests === 0) {
    throw new Error(
      `${program.name}, ${load.method} ${load.path}: ${said.requests} answers, ${said.refused} of 400 and more, ${said.failed} failed`,
    )
  }
  return {
    requestsPerSecond: said.requests / (said.durationUs / 1e6),
    p50Ms: said.p50 / 1e3,
    p99Ms: said.p99 / 1e3,
    p999Ms: said.p999 / 1e3,
    cpuUs: (cpuMs * 1e3) / said.requests,
    cpuShare: cpuMs / elapsedMs,
    residentMiB: program.residentBytes() / 1_048_576,
  }
}

function scriptOf({ method, headers, body, authorizations, paths }: Load): string {
  const fields = Object.entries(headers).map(
    ([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`,
  )
  const text = body === undefined ? '' : `wrk.body = [==[${body}]==]`
  return `wrk.method = ${JSON.stringify(method)}
${fields.join('\n')}
${text}
${rotation(authorizations, paths)}
done = function(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  print(string.format('said {"requests":%d,"durationUs":%d,"failed":%d,"refused":%d,"p50":%d,"p99":%d,"p999":%d}',
    summary.requests, summary.duration, failed, errors.status,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
`
}

/** Requests are formatted ahead: what is left for each is to take the next one. */
function rotation(authorizations: string | undefined, paths: string | undefined): string {
  if (authorizations === undefined && paths === undefined) return ''
  return `local ready = {}
local at = 0
init = function()
  for line in io.lines(${JSON.stringify(authorizations ?? paths)}) do
    ${
      authorizations === undefined
        ? 'table.insert(ready, wrk.format(nil, line))'
        : 'wrk.headers["Authorization"] = line; table.insert(ready, wrk.format())'
    }
  end
end
request = function()
  at = at + 1
  if at > #ready then at = 1 end
  return ready[at]
end`
}
