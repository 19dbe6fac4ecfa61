import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { redisMissing } from './install-redis.ts'

const script = resolve(import.meta.dirname, 'install-redis.ts')
let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sallyport-install-'))
})
afterEach(() => rm(dir, { recursive: true }))

/**
 * The set-up, as a user with this number, where nothing is on the PATH but an `apt-get` that writes
 * down how it is called. What it called, and what it ended with.
 */
async function setUp(userId: number, aptGet: string) {
  const called = join(dir, 'called')
  const program = join(dir, 'apt-get')
  await writeFile(called, '')
  await writeFile(program, `#!/bin/sh\necho "$@" >> ${called}\n${aptGet}\n`)
  await chmod(program, 0o755)
  const code = `process.getuid = () => ${userId}
const { setup } = await import(${JSON.stringify(script)})
setup()`
  const options = { env: { PATH: dir }, encoding: 'utf8' } as const
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], options)
  return { said: stderr, called: (await readFile(called, 'utf8')).trimEnd().split('\n') }
}

const install = 'install -y --no-install-recommends redis-server'
const installs = `printf '#!/bin/sh\\n' > "$PATH/redis-server"; /bin/chmod +x "$PATH/redis-server"`

describe('where there is no redis-server on the PATH', () => {
  it('root gets one by one call', async () => {
    expect(await setUp(0, installs)).toEqual({ said: '', called: [install] })
  })

  it('root gets one although the lists of packages are missing', async () => {
    const aptGet = `if [ "$1" = update ]; then : > "$PATH/lists"; exit 0; fi
[ -e "$PATH/lists" ] || exit 100
${installs}`
    expect(await setUp(0, aptGet)).toEqual({ said: '', called: [install, 'update', install] })
  })

  it('says the one line to run when that does not help', async () => {
    const { said, called } = await setUp(0, 'exit 100')
    expect(said).toBe(`${redisMissing}\n`)
    expect(redisMissing).toContain('apt-get install redis-server')
    expect(called).toEqual([install, 'update', install])
  })

  it('says it at once to whoever may not install', async () => {
    expect(await setUp(1_000, installs)).toEqual({ said: `${redisMissing}\n`, called: [''] })
  })
})
