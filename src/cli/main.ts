#!/usr/bin/env -S MALLOC_ARENA_MAX=1 node --max-semi-space-size=4 --heap-growing-percent=25 --v8-pool-size=1
import { fileURLToPath } from 'node:url'

// The version is checked before anything else is loaded: an older Node would fail on syntax or on
// a missing built-in with a message that explains nothing.
const oldestVersion = [24, 12] as const

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < oldestVersion[0] || (major === oldestVersion[0] && minor < oldestVersion[1])) {
  process.stderr.write(
    `sallyport needs Node.js ${oldestVersion.join('.')} or newer; this is ${process.versions.node} (${process.execPath})\n`,
  )
  process.exit(2)
}

// Compiled code is kept with the code it was made from, so it is trusted as that is: in the shared
// temporary folder somebody else could put theirs. Where it cannot be written it is done without.
const { enableCompileCache } = await import('node:module')
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/sallyport', import.meta.url)))

const { runCommandLine } = await import('./command-line.ts')
process.exit(
  await runCommandLine(process.argv.slice(2), {
    // Made when it is read, which most commands do not.
    get stdin() {
      return process.stdin
    },
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    exitNow: (code) => process.exit(code),
  }),
)
