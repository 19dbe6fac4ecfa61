import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { serveOf } from '../gateways/own-command.ts'
import { family, pinned, programCpu, readCpuMs } from '../gateways/program.ts'
import { policyFiles } from '../scale/policy-files.ts'
import { type Comparison, type Pair, summarise, turns } from './comparison.ts'

const starts = 7
const startFiles = 2_000
const filesStarts = 5
const bestShare = 0.5
const startName = 'start: the example'
const filesStartName = `start: ${startFiles.toLocaleString('en')} files`

/** Processor time of a start, the two revisions in turns. */
export async function compareStarts(
  checkouts: Pair<string>,
  isWanted: (name: string) => boolean,
): Promise<Comparison[]> {
  const results: Comparison[] = []
  for (const [name, files, times] of [
    [startName, 20, starts],
    [filesStartName, startFiles, filesStarts],
  ] as const) {
    if (!isWanted(name)) continue
    const dir = mkdtempSync(join(tmpdir(), 'sallyport-guard-'))
    try {
      writeStart(dir, files)
      const taken: Pair<number[]> = { own: [], baseline: [] }
      // Files that nobody has read yet would be the first one's to wait for.
      for (const which of ['own', 'baseline'] as const) await cpuMsToReady(checkouts[which], dir)
      for (let time = 0; time < times; time += 1) {
        for (const which of turns(time)) {
          taken[which].push(await cpuMsToReady(checkouts[which], dir))
        }
      }
      results.push(summarise(name, 'ms', taken, bestShare))
    } finally {
      rmSync(dir, { recursive: true })
    }
  }
  return results
}

function writeStart(dir: string, files: number): void {
  for (const { path, text } of policyFiles(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), text)
  }
  writeFileSync(
    join(dir, 'sallyport.conf'),
    `gateway: { host: 127.0.0.1, port: 0, workers: 1 }
check: { host: 127.0.0.1, port: 0, allow_unauthenticated: true }
operations: { host: 127.0.0.1, port: 0 }
policies: { dir: . }
records: { sink: none }
log: { level: info }
`,
  )
}

/** Processor time from nothing to the line that says that it listens. */
async function cpuMsToReady(checkout: string, dir: string): Promise<number> {
  const { command, environment } = serveOf(checkout, join(dir, 'sallyport.conf'))
  const [file = '', ...args] = pinned(programCpu, command)
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  const ended = once(child, 'exit')
  let said = ''
  try {
    return await new Promise<number>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          said += `${line}\n`
          if (!line.includes('"Sallyport is listening"')) return
          resolve(family(child.pid ?? 0).reduce((sum, pid) => sum + readCpuMs(pid), 0))
        })
      }
      child.once('exit', () => reject(new Error(`It ended before it listened: ${said}`)))
    })
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}
