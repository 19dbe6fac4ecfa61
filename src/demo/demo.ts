import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { defaultConfig } from '../config/config.ts'
import type { Config } from '../config/config.ts'
import { Fault } from '../model/fault.ts'
import { startRuntime } from '../runtime/runtime.ts'
import { accountingHost } from './accounting.ts'
import { startApps } from './apps.ts'
import { browserRedirectUris, startBrowserClient } from './browser.ts'
import { createDemoLog } from './demo-log.ts'
import { demoHost, defaultDemoPorts, findTakenPorts } from './ports.ts'
import type { DemoPorts } from './ports.ts'
import { demoAudience } from './provider-configuration.ts'
import { startProvider } from './provider.ts'
import { repositoryHost } from './source-repository.ts'
import { renderTour } from './tour.ts'

export interface DemoOptions {
  readonly ports: DemoPorts
  /** As typed; the tour names it so. */
  readonly policiesDir: string
  /** How this program is called, for the tour. */
  readonly command: string
  /** Told what a watcher of the terminal wants to know: denials, policy changes, trouble. */
  readonly say: (line: string) => void
}

export interface RunningDemo {
  /** What runs where, and commands to paste. */
  readonly tour: string
  close(): Promise<void>
}

const tokenLifetimeS = 3_600
const drainTimeoutMs = 300

/**
 * Starts everything the demo needs in this process, or throws a Fault and leaves nothing running.
 * Nothing outlives it: keys, state and decision records are gone after `close`.
 */
export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  const { ports, policiesDir } = options
  await checkPoliciesFolder(policiesDir)
  const problem = await findTakenPorts(ports)
  if (problem !== null) throw new Fault('ERR_LISTEN', problem)

  const closers: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const closeOne of closers.splice(0).reverse()) await closeOne()
  }
  try {
    const recordsDir = await mkdtemp(join(tmpdir(), 'sallyport-demo-'))
    closers.push(() => rm(recordsDir, { recursive: true, force: true }))
    const recordsFile = join(recordsDir, 'decisions.ndjson')
    const applications = [accountingHost, repositoryHost]

    const provider = await startProvider({
      host: demoHost,
      port: ports.provider,
      browserUrl: `http://localhost:${ports.browser}/`,
      browserRedirectUris: browserRedirectUris(ports.browser, applications),
      accessTokenLifetimeS: tokenLifetimeS,
    })
    closers.push(() => provider.close())

    const keys = { tour: makeKey(), applications: makeKey() }
    const config = configure(options, provider.issuer, keys, recordsFile)
    const log = createDemoLog(options.say)
    const runtime = await startRuntime(config, { log })
    closers.push(() => runtime.close())

    const apps = await startApps({
      host: demoHost,
      port: ports.apps,
      gatewayUrl: `http://${demoHost}:${ports.gateway}`,
      identityIssuer: config.identityToken.issuer,
      checkUrl: `http://${demoHost}:${ports.check}`,
      checkKey: keys.applications,
    })
    closers.push(() => apps.close())

    const browser = await startBrowserClient({
      host: demoHost,
      port: ports.browser,
      providerIssuer: provider.issuer,
      gatewayHost: demoHost,
      gatewayPort: ports.gateway,
      applications,
    })
    closers.push(() => browser.close())

    const tokenOptions =
      ports.provider === defaultDemoPorts.provider ? '' : `--provider-port ${ports.provider}`
    const { command } = options
    const facts = { ports, policiesDir, recordsFile, checkKey: keys.tour, command, tokenOptions }
    log.showNotes()
    return { tour: renderTour(facts), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function checkPoliciesFolder(dir: string): Promise<void> {
  const found = await stat(dir).catch(() => null)
  if (found?.isDirectory() === true) return
  throw new Fault(
    'ERR_READ',
    `Cannot start the demo: there is no folder "${dir}" here; run it in a checkout of sallyport, or name a copy of its policies with --policies DIR`,
  )
}

interface CheckKeys {
  readonly tour: string
  readonly applications: string
}

function configure(
  { ports, policiesDir }: DemoOptions,
  issuer: string,
  keys: CheckKeys,
  recordsFile: string,
): Config {
  const keyOf = (id: keyof CheckKeys) => ({
    id,
    sha256: createHash('sha256').update(keys[id]).digest('hex'),
  })
  const routedOrigin = `http://${demoHost}:${defaultDemoPorts.apps}`
  const appsOrigin = `http://${demoHost}:${ports.apps}`
  return {
    ...defaultConfig,
    gateway: {
      ...defaultConfig.gateway,
      host: demoHost,
      port: ports.gateway,
      drainTimeoutMs,
      drainIdleTimeoutMs: 0,
    },
    upstreams: { ...defaultConfig.upstreams, connectTo: new Map([[routedOrigin, appsOrigin]]) },
    authentication: {
      ...defaultConfig.authentication,
      issuers: [
        {
          issuer,
          audiences: [demoAudience],
          algorithms: ['RS256'],
          tokenTypes: ['at+jwt'],
          profile: 'rfc9068',
          requiredClaims: [],
          jwksUrl: null,
          jwksFile: null,
          keySet: null,
          introspection: null,
          subjectPrefix: '',
          subjectType: 'user',
          subjectClaim: 'sub',
          attributes: [],
          preset: 'none',
          requireBinding: 'none',
          authoritiesFile: null,
          tokenFile: null,
        },
      ],
    },
    check: {
      ...defaultConfig.check,
      host: demoHost,
      port: ports.check,
      keys: [keyOf('tour'), keyOf('applications')],
    },
    operations: { ...defaultConfig.operations, host: demoHost, port: ports.operations },
    records: { ...defaultConfig.records, sink: 'file', file: recordsFile },
    policies: { ...defaultConfig.policies, dir: policiesDir },
    log: { level: 'warn' },
  }
}

function makeKey(): string {
  return randomBytes(24).toString('base64url')
}
