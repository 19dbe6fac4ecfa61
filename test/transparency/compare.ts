import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { compilePolicies } from '../../src/policy/compile.ts'
import { identityOf, openFrontDoor } from '../gateway/front-door.ts'
import { childEnvironment } from '../support/child-environment.ts'
import { until } from '../support/until.ts'
import { explainDifference } from './explain-difference.ts'

/**
 * Runs a checkout of github.com/http-tests/cache-tests at its own origin and through the gateway, and
 * compares what each of its tests finds. The gateway is no cache: it must not make a difference.
 */

type Results = Readonly<Record<string, true | readonly [kind: string, message: string]>>

const files = `resource: page
actions: [use]
rules: [{ id: everybody, permit: [use] }]
`

/** A port that was free a moment ago: the suite's server takes no other. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function startOrigin(suite: string): Promise<{ child: ChildProcess; origin: string }> {
  const port = await freePort()
  const child = spawn('node', ['test-engine/server/server.mjs'], {
    cwd: suite,
    env: childEnvironment({
      npm_config_protocol: 'http',
      npm_config_port: String(port),
      npm_config_pidfile: '/dev/null',
    }),
    stdio: 'ignore',
  })
  const origin = `http://127.0.0.1:${port}`
  await until('the origin answers', async () => await fetch(origin).then(Boolean, () => false))
  return { child, origin }
}

async function startGateway(origin: string): Promise<{ origin: string; close(): Promise<void> }> {
  const identity = identityOf('somebody')
  const door = await openFrontDoor(() => {}, {
    upstreamOrigin: origin,
    // On a busy machine this is about what is changed, not about what is shed.
    listen: { overloadDelayMs: 0 },
    authenticator: { authenticate: () => identity },
  })
  const { policies, routes } = compilePolicies([
    { path: 'page.yaml', text: files },
    {
      path: 'routes.yaml',
      text: `routes:\n  - upstream: ${origin}\n    paths:\n      ANY /{path...}: { action: use, resource: page }\n`,
    },
  ])
  assert(policies !== null && routes !== null, 'The policies compile')
  door.holder.swap(policies, routes)
  return door
}

/** The suite takes this package from its own folder, where nobody has installed it. */
const findUndici = `data:text/javascript,${encodeURIComponent(
  `import { registerHooks } from 'node:module'
   registerHooks({ resolve: (name, context, next) =>
     next(name === 'undici' ? ${JSON.stringify(import.meta.resolve('undici'))} : name, context) })`,
)}`

async function runSuite(suite: string, base: string): Promise<Results> {
  const { stdout } = await promisify(execFile)(
    'node',
    ['--no-warnings', '--import', findUndici, 'test-engine/cli.mjs'],
    {
      cwd: suite,
      env: childEnvironment({ npm_config_base: base, npm_package_config_id: '' }),
      maxBuffer: 67_108_864,
    },
  )
  return JSON.parse(stdout) as Results
}

/** Ids and times differ from run to run. */
function withoutChance(result: Results[string] | undefined): string {
  if (result === undefined) return 'not run'
  if (result === true) return 'as the test expects'
  return `${result[0]}: ${result[1]}`
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'UUID')
    .replaceAll(/\d{1,2} \w{3} \d{4} \d{2}:\d{2}:\d{2}/g, 'TIME')
    .replaceAll(/\b\d{13}\b/g, 'NOW')
}

async function compare(suite: string): Promise<number> {
  const { child, origin } = await startOrigin(suite)
  const gateway = await startGateway(origin)
  try {
    const direct = await runSuite(suite, origin)
    const through = await runSuite(suite, gateway.origin)
    const ids = Object.keys({ ...direct, ...through }).toSorted()
    const differences = ids
      .map((id) => ({ id, before: withoutChance(direct[id]), behind: withoutChance(through[id]) }))
      .filter(({ before, behind }) => before !== behind)
      .map((one) => ({ ...one, why: explainDifference(one.id, one.before, one.behind) }))
    for (const { id, before, behind, why } of differences) {
      process.stdout.write(`${id}: ${why ?? 'NOT EXPLAINED'}\n  ${before}\n  ${behind}\n`)
    }
    const unexplained = differences.filter(({ why }) => why === null)
    process.stdout.write(
      `${ids.length} tests, ${differences.length} with another result through the gateway, ${unexplained.length} of them not explained\n`,
    )
    return unexplained.length
  } finally {
    await gateway.close()
    child.kill()
  }
}

const [, , suite] = process.argv
if (suite === undefined) {
  process.stderr.write('Usage: npm run transparency -- PATH-OF-A-CHECKOUT-OF-CACHE-TESTS\n')
  process.exitCode = 2
} else {
  process.exitCode = (await compare(resolve(suite))) === 0 ? 0 : 1
}
