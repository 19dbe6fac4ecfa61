import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownCheckout } from '../gateways/own-command.ts'

/** The program as it was at another revision, built, in a folder of its own. */
export interface Baseline {
  readonly checkout: string
  readonly commit: string
  remove(): void
}

const buildTimeoutMs = 180_000

/** What git knows the revision as, or null when this is no checkout with that much history. */
export function findCommit(revision: string): string | null {
  try {
    return git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`).toString().trim()
  } catch {
    return null
  }
}

/** What the figures are made of: the same files cannot differ in more than the noise. */
const measured = ['src', 'bench', 'package-lock.json', 'rolldown.config.ts', 'tsconfig.build.json']

export function isBuiltAlike(commit: string): boolean {
  const others = [':!bench/budget.json']
  return git('diff', '--name-only', commit, '--', ...measured, ...others).length === 0
}

/**
 * What is built here, in a folder of the same kind as the baseline: starts differ by a twentieth from
 * one folder to another.
 */
export function copyOwn(): Baseline {
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-baseline-'))
  for (const part of ['dist', 'src', 'bench', 'test', 'package.json']) {
    cpSync(join(ownCheckout, part), join(dir, part), { recursive: true })
  }
  symlinkSync(join(ownCheckout, 'node_modules'), join(dir, 'node_modules'))
  return { checkout: dir, commit: '', remove: () => rmSync(dir, { recursive: true, force: true }) }
}

/**
 * Takes the files of a revision out of the history and builds them; the checkout itself is not
 * touched. Dependencies are those that are installed here, unless the revision wants others. What
 * is to be changed in the files is changed before they are built.
 */
export function buildBaseline(
  commit: string,
  change: (checkout: string) => void = () => {},
): Baseline {
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-baseline-'))
  const remove = (): void => rmSync(dir, { recursive: true, force: true })
  try {
    execFileSync('tar', ['-x', '-C', dir], { input: git('archive', '--format=tar', commit) })
    change(dir)
    const run = (...args: readonly string[]): void => {
      const options = { cwd: dir, stdio: 'pipe', timeout: buildTimeoutMs } as const
      execFileSync('npm', args, options)
    }
    if (git('diff', '--name-only', commit, '--', 'package-lock.json').length === 0) {
      symlinkSync(join(ownCheckout, 'node_modules'), join(dir, 'node_modules'))
    } else {
      run('ci', '--prefer-offline', '--no-audit', '--no-fund')
    }
    run('run', 'build')
    // Both are measured alike: what a micro-benchmark asks of the sources may have changed since.
    cpSync(join(ownCheckout, 'bench/micro'), join(dir, 'bench/micro'), { recursive: true })
    return { checkout: dir, commit, remove }
  } catch (error) {
    remove()
    throw error
  }
}

function git(...args: readonly string[]): Buffer {
  return execFileSync('git', args, {
    cwd: ownCheckout,
    maxBuffer: 256 * 1_048_576,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
