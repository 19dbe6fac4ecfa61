import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export interface GoModule {
  readonly command: string
  /** With its major version, as `go install` takes it. */
  readonly module: string
}

/** Outside of any repository; a peer is built once and kept. */
const cache = process.env['SALLYPORT_PEERS'] ?? join(homedir(), '.cache/sallyport-peers')
const buildTimeoutMs = 1_200_000
const cloneTimeoutMs = 60_000

export type Installed = { readonly file: string } | { readonly problem: string }

/** What is in the cache, or what `go install` makes of the newest version when it may be built. */
export function installGo({ command, module }: GoModule, build: boolean): Installed {
  const file = join(cache, 'bin', command)
  if (existsSync(file)) return { file }
  if (!build) return { problem: `not built; "npm run bench:peers -- --build" does: ${module}` }
  if (spawnSync('go', ['version']).status !== 0) return { problem: 'the Go toolchain is not here' }
  mkdirSync(join(cache, 'bin'), { recursive: true })
  process.stderr.write(`Building ${module}, which takes minutes\n`)
  const installed = go(['install', `${module}@latest`], cache)
  if (existsSync(file)) return { file }
  // `go install` builds no module that replaces another; a copy of its sources can be built.
  const built = buildFromCopy(module, file)
  if (existsSync(file)) return { file }
  return { problem: `${lastLine(installed)}; from its sources: ${lastLine(built)}` }
}

function buildFromCopy(module: string, file: string): string {
  const downloaded = go(['mod', 'download', '-json', `${module}@latest`], cache)
  const dir = /"Dir": "([^"]+)"/.exec(downloaded)?.[1]
  const copy = join(cache, 'sources')
  rmSync(copy, { recursive: true, force: true })
  if (dir === undefined) {
    // Not every proxy has every module.
    const cloned = spawnSync('git', ['clone', '--quiet', '--depth=1', `https://${module}`, copy], {
      encoding: 'utf8',
      timeout: cloneTimeoutMs,
    })
    if (cloned.status !== 0) return `${downloaded}\n${cloned.stderr}`
  } else {
    cpSync(dir, copy, { recursive: true })
    spawnSync('chmod', ['-R', 'u+w', copy])
  }
  const version = /"Version": "([^"]+)"/.exec(downloaded)?.[1]
  if (version !== undefined) writeFileSync(`${file}.version`, version)
  const said = go(['build', '-o', file, '.'], copy)
  rmSync(copy, { recursive: true, force: true })
  return said
}

function go(args: readonly string[], cwd: string): string {
  const { stdout, stderr, error } = spawnSync('go', args, {
    cwd,
    encoding: 'utf8',
    timeout: buildTimeoutMs,
    maxBuffer: 64 * 1_048_576,
    env: {
      ...process.env,
      GOBIN: join(cache, 'bin'),
      GOFLAGS: '-buildvcs=false',
      CGO_ENABLED: '0',
    },
  })
  return `${stdout}\n${stderr}\n${error?.message ?? ''}`
}

function lastLine(said: string): string {
  return said.trim().split('\n').at(-1) ?? ''
}

/** As the toolchain wrote it into the program: what the programs themselves say needs a build of theirs. */
export function versionOfGo(file: string): string {
  if (existsSync(`${file}.version`)) return readFileSync(`${file}.version`, 'utf8').trim()
  const { stdout } = spawnSync('go', ['version', '-m', file], { encoding: 'utf8' })
  return /^\tmod\t\S+\t(\S+)/m.exec(stdout ?? '')?.[1] ?? 'unknown'
}
