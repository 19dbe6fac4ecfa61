import { spawnSync } from 'node:child_process'

export const redisMissing =
  'These tests need a real Redis and there is no redis-server on the PATH. Install it (Debian, Ubuntu): apt-get install redis-server'

function hasRedis(): boolean {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0
}

/**
 * Before any test: Redis is there, or is installed where that may be done without asking. Else the
 * one line that helps is said at once, and again by every test that fails without it.
 */
export function setup(): void {
  if (hasRedis()) return
  if (process.getuid?.() === 0) install()
  if (!hasRedis()) process.stderr.write(`${redisMissing}\n`)
}

function install(): void {
  const run = (...args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: 'ignore',
      timeout: 300_000,
      // The package would start a server of its own.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    }).status === 0
  const wanted = ['install', '-y', '--no-install-recommends', 'redis-server']
  if (run(...wanted)) return
  run('update')
  run(...wanted)
}
